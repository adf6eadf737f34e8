from __future__ import annotations

import pytest

from disclosure.assets import fingerprinted


def test_a_name_tells_what_is_in_it() -> None:
    files = {"assets/a.css": b"a {}", "assets/b.js": b""}
    assert fingerprinted(files) == {
        "assets/a.css": ("assets/a.9a4487cc.css", b"a {}"),
        "assets/b.js": ("assets/b.e3b0c442.js", b""),
    }


def test_files_name_each_other_by_their_new_names() -> None:
    files = {
        "assets/page.js": b"import { find } from \"./find.js\"; const more = import('./find.js');",
        "assets/find.js": b'import "./words.js"; // "./find.js.map" is none of ours',
        "assets/words.js": b"1",
    }
    made = fingerprinted(files)
    words, find = made["assets/words.js"][0], made["assets/find.js"][0]
    assert (
        f'"./{words.removeprefix("assets/")}"; // "./find.js.map"'.encode()
        in made["assets/find.js"][1]
    )
    assert made["assets/page.js"][1].count(f"./{find.removeprefix('assets/')}".encode()) == 2


def test_a_file_has_another_name_where_one_that_it_names_has_changed() -> None:
    page = {"page.js": b'import "./find.js"'}
    before, after = fingerprinted(page | {"find.js": b"1"}), fingerprinted(page | {"find.js": b"2"})
    assert before["page.js"][0] != after["page.js"][0]


def test_files_that_name_each_other_in_a_circle() -> None:
    with pytest.raises(ValueError, match="circle"):
        fingerprinted({"a.js": b'import "./b.js"', "b.js": b'import "./a.js"'})
