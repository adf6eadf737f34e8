from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.folder import read_folder
from disclosure.rules import check

GOOD = Path(__file__).parent.parent / "cases" / "good" / "data"
LINES = {
    file.relative_to(GOOD): file.read_text(encoding="utf-8").splitlines()
    for file in sorted(GOOD.rglob("*.yml"))
}
places = [(name, number) for name, lines in LINES.items() for number in range(len(lines))]


@settings(max_examples=max(20, settings().max_examples // 5))  # each writes a whole folder
@given(st.lists(st.sampled_from(places), unique=True, min_size=1, max_size=5))
def test_any_lines_left_out_make_sorted_findings_each_once(
    lost: list[tuple[Path, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "data"
        shutil.copytree(GOOD, root)
        for name in {name for name, _ in lost}:
            left = [line for number, line in enumerate(LINES[name]) if (name, number) not in lost]
            (root / name).write_text("\n".join(left), encoding="utf-8")
        findings = check(read_folder(root))
    assert findings == sorted(set(findings))
