"""What the gate remembers from one call to the next."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gate.refused import RefusedError

STATE: Final = "state/gate.json"
"""Where the gate keeps it, below the root."""


@dataclass(frozen=True)
class State:
    """The highest release ever accepted, the newest mtime ever given, the releases gone back from.

    `manifest` is SHA-256 of the manifest of `highest`; both are empty before the first release.
    `moment` is in seconds since 1970. `withdrawn` are those that an administrator went back from,
    `left` those that their publishers did.
    """

    highest: str = ""
    manifest: str = ""
    moment: int = 0
    withdrawn: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()


def read_state(root: Path) -> State:
    """Return what was written last; raise RefusedError where the file is not as `write_state`'s."""
    try:
        told = json.loads((root / STATE).read_bytes())
    except FileNotFoundError:
        return State()
    except ValueError:
        raise _spoilt(root) from None
    if not isinstance(told, dict) or {name: type(value) for name, value in told.items()} != _KINDS:
        raise _spoilt(root)
    withdrawn, left = told["withdrawn"], told["left"]
    if not all(isinstance(one, str) for one in (*withdrawn, *left)):
        raise _spoilt(root)
    return State(**{**told, "withdrawn": frozenset(withdrawn), "left": frozenset(left)})


_KINDS: Final = {"highest": str, "manifest": str, "moment": int, "withdrawn": list, "left": list}


def write_state(root: Path, state: State, scratch: Path) -> None:
    """Replace the file at once, by way of the file `scratch`; it is on the disk on return."""
    told = {
        "highest": state.highest,
        "manifest": state.manifest,
        "moment": state.moment,
        "withdrawn": sorted(state.withdrawn),
        "left": sorted(state.left),
    }
    with scratch.open("w", encoding="utf-8") as file:
        file.write(json.dumps(told, indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(root / STATE)
    sync_folder((root / STATE).parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder written to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _spoilt(root: Path) -> RefusedError:
    return RefusedError(
        f"Файл {root / STATE} испорчен. Удалите его: сервер составит новый по папке releases, "
        "но забудет, какие выпуски отозваны."
    )
