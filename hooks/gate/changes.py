"""What can be asked of a server: to publish a release, to go back from one, to allow it again."""

from __future__ import annotations

import errno
import hashlib
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from gate.archive import ArchiveError, members
from gate.manifest import MANIFEST, Manifest, ManifestError
from gate.mtimes import newest_mtime, set_mtimes
from gate.receive import in_time, receive_files, receive_manifest
from gate.refused import INSTALLED, OvertakenError, RefusedError
from gate.state import State, read_state, write_state
from gate.store import (
    check_root,
    commit_count,
    current,
    locked,
    place_release,
    previous,
    prune,
    releases,
    switch,
)

_FULL: Final = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def _change(root: Path) -> Iterator[None]:
    """Change the store as the only one; whatever fails becomes a refusal that says why."""
    try:
        with locked(root):
            yield
    except (ArchiveError, ManifestError) as error:
        raise RefusedError(str(error)) from None
    except OSError as error:
        raise RefusedError(_explained(error, root)) from error


def _explained(error: OSError, root: Path) -> str:
    if error.errno in _FULL:
        return (
            f"На диске сервера кончилось место ({root}). Освободите его и повторите публикацию: "
            "недополученный выпуск уже удалён."
        )
    return f"Сервер не смог записать или прочитать: {error}. Проверьте права и диск."


def publish(root: Path, stream: BinaryIO) -> str:
    """Make the release that `stream` brings the live one; return `published ID` or `live ID`.

    It was live already where its manifest is that of the live one: then nothing changes.
    Raises RefusedError, and leaves everything as it was, where the release is not signed by a key
    that the server trusts, not whole, not newer than all before, or withdrawn.
    """
    with _change(root):
        state = read_state(root)
        upload = root / "incoming" / "upload"
        upload.mkdir()
        with in_time():
            archive = members(stream)
            manifest = receive_manifest(archive, upload, root / "state" / "allowed_signers")
            if _is_live(root, state, manifest):
                for _ in archive:
                    pass
                return f"live {manifest.id}"
            receive_files(archive, upload, manifest)
        given = state.moment or newest_mtime(root)
        moment = max(given + 1, min(int(manifest.time.timestamp()), int(time.time())))
        set_mtimes(root, upload, manifest, moment)
        kept = frozenset(releases(root))
        state = State(
            highest=manifest.id,
            manifest=_sum(manifest),
            moment=moment,
            withdrawn=state.withdrawn & kept,
            left=(state.left & kept) - {manifest.id},
        )
        write_state(root, state, root / "incoming" / "state")
        place_release(root, upload, manifest.id)
        switch(root, manifest.id)
        _tidy(root, state)
        return f"published {manifest.id}"


def _sum(manifest: Manifest) -> str:
    return hashlib.sha256(manifest.text().encode()).hexdigest()


def _is_live(root: Path, state: State, manifest: Manifest) -> bool:
    """Return whether a release is live; raise RefusedError unless it may be or become so.

    It may where it comes after all others, or is the last one once more: a deploy that is
    repeated.
    """
    live = current(root)
    highest = max([state.highest, *releases(root)])
    if manifest.id in {live, highest} and _sum(manifest) != _accepted(root, state, manifest.id):
        raise RefusedError(
            f"Сервер уже принимал другой выпуск с именем {manifest.id}. "
            "Соберите выпуск заново: .ci/release."
        )
    if manifest.id == live:
        return True
    if manifest.id < highest:
        raise RefusedError(
            f"Выпуск {manifest.id} старше, чем {highest}, который сервер уже принимал. "
            "Соберите выпуск заново из последней версии ветки: .ci/release."
        )
    if left := _same_commit(manifest.id, state.withdrawn):
        raise RefusedError(
            f"Выпуск {left} того же коммита отозван: с него вернулись к прежнему. Исправьте "
            "причину новым коммитом или разрешите его на сервере: "
            f"{INSTALLED} allow {root} {left}"
        )
    return False


def _same_commit(name: str, among: Iterable[str]) -> str | None:
    """Return the newest of the given releases that was built of the same commit as `name`."""
    return max((one for one in among if commit_count(one) == commit_count(name)), default=None)


def _accepted(root: Path, state: State, name: str) -> str:
    """Return the sum of the manifest that a release had when it was accepted."""
    if name == state.highest:
        return state.manifest
    manifest = root / "releases" / name / MANIFEST
    return hashlib.sha256(manifest.read_bytes()).hexdigest() if manifest.is_file() else ""


def _tidy(root: Path, state: State) -> None:
    """Remove what is too old; the change is done, so a failure of this is only told."""
    try:
        prune(root, _unfit(root, state))
    except OSError as error:
        print(f"Старые выпуски не удалены: {error}", file=sys.stderr)


def go_back(root: Path, name: str | None = None) -> str:
    """Make an older release that is not withdrawn the live one; return `back ID`.

    Without a name that is the newest of an earlier commit, and the commit that was live is
    withdrawn: nothing built of it is published until it is allowed, also not by night. With a
    name it is the newest, only if `name` is the live one, which may be published again: what
    went wrong may have been the way to it. Until then nobody goes back to it, and its publisher
    goes back no further: a stolen key must not bring up the oldest release there is.

    Raises OvertakenError where `name` is not live, and RefusedError where there is nothing to go
    back to.
    """
    with _change(root):
        live = current(root)
        if live is None:
            raise RefusedError("Ещё ничего не опубликовано: возвращаться не с чего.")
        if name not in {None, live}:
            raise OvertakenError(live)
        state = read_state(root)
        if name and name < max([state.highest, *releases(root)]):
            raise RefusedError(
                f"Выпуск {name} опубликован не последним, ключ публикации с него не возвращает. "
                f"Это делают на сервере: {INSTALLED} rollback {root}"
            )
        if name:
            state = replace(state, left=state.left | {live})
        else:
            state = replace(state, withdrawn=state.withdrawn | {live})
        unfit = _unfit(root, state)
        older = [one for one in releases(root) if one < live and one not in unfit]
        if not older:
            raise RefusedError(
                f"Старше, чем {live}, на сервере нет выпуска, к которому можно вернуться. "
                "Опубликуйте новый, исправленный."
            )
        write_state(root, state, root / "incoming" / "state")
        switch(root, older[-1])
        return f"back {older[-1]}"


def _unfit(root: Path, state: State) -> set[str]:
    """Return the releases that nobody may go back to."""
    return {n for n in releases(root) if n in state.left or _same_commit(n, state.withdrawn)}


def allow(root: Path, name: str) -> str:
    """Let the commit of a withdrawn release be published, or gone back to; return `allowed ID`."""
    with _change(root):
        state = read_state(root)
        left = {one for one in state.withdrawn if commit_count(one) == commit_count(name)}
        if not left:
            raise RefusedError(f"Выпуск {name} не отозван: разрешать нечего.")
        state = replace(state, withdrawn=state.withdrawn - left)
        write_state(root, state, root / "incoming" / "state")
        return f"allowed {name}"


def told_current(root: Path) -> str:
    """Return `current ID`, or `current none` before the first release.

    A change that goes on is waited for: who lost the line to it asks what came of it.
    """
    with _change(root):
        return f"current {current(root) or 'none'}"


def told_releases(root: Path) -> str:
    """Return a line each release, the newest first: its id and what it is beside."""
    check_root(root)
    marks = {"current": {current(root)}, "previous": {previous(root)}}
    marks["withdrawn"] = set(read_state(root).withdrawn)
    lines = (
        " ".join([name, *(mark for mark, names in marks.items() if name in names)])
        for name in reversed(releases(root))
    )
    return "\n".join(lines)
