"""Static hosting in a storage that speaks S3: no gate, no lock and no switch, only a good order.

Only one publication may go on at a time: the queue of those who publish is the lock.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

from disclosure.archive import Release
from disclosure.deploy.bucket import Bucket, BucketError
from disclosure.deploy.plan import Plan, Record, parse_record, plan
from disclosure.deploy.target import Back, DeployError, Outcome
from disclosure.values.russian import plural
from gate.manifest import MANIFEST, SIGNATURE, Manifest, ManifestError, check_path, parse_manifest

RECORD: Final = ".disclosure-files"
"""Where the bucket has the list of what releases have put there."""

_AT_ONCE: Final = 8
_ADDRESS: Final = re.compile(
    r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(?P<prefix>[^?#]*))?"
)
_SAME: Final = "На сайте всё по-прежнему."
_AGAIN: Final = "Повторите публикацию."
_MIXED: Final = (
    "Часть файлов на сайте уже новая, часть прежняя."
    " Устраните причину и повторите публикацию: она продолжит с того же места."
)

_T = TypeVar("_T")


@dataclass(frozen=True)
class _Kept:
    """The release that was live before, and what of its files was overwritten or removed.

    `lost` are those that were not in the bucket as their manifest has them.
    """

    manifest: Manifest
    files: Mapping[str, bytes]
    lost: tuple[str, ...]


class Storage:
    """A bucket that a site is served from, or a folder in it."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._kept: _Kept | None = None

    def publish(self, release: Release) -> Outcome:
        """Make a release live, file by file; raise DeployError where it is refused or cut short."""
        new = release.manifest
        try:
            live = self._live()
            _check_order(live, new)
            record = self._record().begun(live, new)
            present = self._bucket.present()
            files = _differing(release, present)
            steps = _plan(files, record.gone(new), present, signed=release.signature is not None)
            if steps == Plan((), ()):
                return Outcome.ALREADY
            if live and live.id != new.id:
                self._kept = self._keep(live, new, steps, present)
            self._bucket.put(RECORD, record.text().encode())
        except BucketError as error:
            raise DeployError(f"{_SAME} {error}") from None
        try:
            self._carry_out(steps, files, record, new)
        except BucketError as error:
            raise DeployError(f"{error} {_MIXED}") from None
        return Outcome.PUBLISHED

    def back(self, release_id: str) -> Back:
        """Put back what was live before a release, if that is still the live one."""
        try:
            live = self._live()
            if live is None:
                raise DeployError(f"В хранилище нет {MANIFEST}: кто-то его убрал. {_AGAIN}")
            if live.id != release_id:
                return Back(live.id, taken=False)
            kept = self._kept_whole()
            record = self._record().begun(live, kept.manifest)
            present = self._bucket.present()
            gone = record.gone(kept.manifest)
            steps = _plan(kept.files, gone, present, signed=SIGNATURE in kept.files)
            self._bucket.put(RECORD, record.text().encode())
            self._carry_out(steps, kept.files, record, kept.manifest)
        except BucketError as error:
            raise DeployError(f"{error} {_AGAIN}") from None
        return Back(kept.manifest.id, taken=True)

    def _kept_whole(self) -> _Kept:
        if self._kept is None:
            raise DeployError(f"Прежнего выпуска в хранилище нет, возвращать нечего. {_AGAIN}")
        if lost := self._kept.lost:
            files = plural(len(lost), "файла", "файлов", "файлов")
            raise DeployError(
                f"Прежний выпуск уже был в хранилище не весь: не хватало {files}, например"
                f" {lost[0]}. Выложите его заново или повторите публикацию этого."
            )
        return self._kept

    def _live(self) -> Manifest | None:
        content = self._bucket.read(MANIFEST)
        try:
            return None if content is None else parse_manifest(content)
        except ManifestError as error:
            raise DeployError(
                f"{_SAME} В хранилище лежит {MANIFEST}, который не от выпуска сайта: {error}"
                " Уберите его или назовите другое место."
            ) from None

    def _record(self) -> Record:
        content = self._bucket.read(RECORD)
        try:
            return Record("", {}) if content is None else parse_record(content)
        except ValueError:
            raise DeployError(
                f"{_SAME} Файл {RECORD} в хранилище испорчен: по нему убирают лишнее."
                " Удалите его и повторите; файлы прежних выпусков тогда останутся в хранилище."
            ) from None

    def _keep(
        self, live: Manifest, new: Manifest, steps: Plan, present: Mapping[str, str]
    ) -> _Kept:
        """Fetch what the steps overwrite or remove of the live release."""
        touched = {path for phase in (*steps.puts, *steps.deletes) for path in phase}
        asked = sorted(touched & (live.files.keys() | {SIGNATURE}) & present.keys())
        read = zip(asked, _each(self._bucket.read, asked), strict=True)
        files = {path: found for path, found in read if found is not None}
        whole = {path: files[path] for path in files if _is(path, files[path], live)}
        # what is not touched is there as the new release has it, or only for pages just left
        same = {p for p, its in live.files.items() if p in present and new.files.get(p, its) == its}
        had = live.files.keys() | ({SIGNATURE} & present.keys())
        lost = had - whole.keys() - (same - touched)
        return _Kept(live, {**whole, MANIFEST: live.text().encode()}, tuple(sorted(lost)))

    def _carry_out(
        self, steps: Plan, files: Mapping[str, bytes], record: Record, new: Manifest
    ) -> None:
        """Do what is planned, phase by phase, and forget in the record what was removed."""
        for phase in steps.puts:
            _each(lambda path: self._bucket.put(path, files[path]), phase)
        for phase in steps.deletes:
            _each(self._bucket.delete, phase)
        self._bucket.put(RECORD, record.ended(new).text().encode())


def _is(path: str, content: bytes, release: Manifest) -> bool:
    """Tell whether a file is that of a release; no manifest has the sum of its own signature."""
    return path == SIGNATURE or hashlib.sha256(content).hexdigest() == release.files[path]


def _check_order(live: Manifest | None, new: Manifest) -> None:
    """Raise DeployError where the bucket has what this release may not replace."""
    if live and live.id > new.id:
        raise DeployError(
            f"{_SAME} Там более новый выпуск {live.id}, а этот — {new.id}."
            " Соберите выпуск из последнего коммита."
        )
    if live and live.id == new.id and live != new:
        raise DeployError(
            f"{_SAME} Там уже есть выпуск {new.id}, но с другими файлами."
            " Соберите выпуск заново: .ci/release."
        )


def _differing(release: Release, present: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files of a release that the bucket has not, or has otherwise."""
    files = {path: body.read() for path, body in release.files()}
    files[MANIFEST] = release.manifest.text().encode()
    if release.signature is not None:
        files[SIGNATURE] = release.signature
    return {p: content for p, content in files.items() if present.get(p) != _etag(content)}


def _etag(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _plan(
    files: Mapping[str, bytes], gone: Iterable[str], present: Mapping[str, str], *, signed: bool
) -> Plan:
    unsigned = set() if signed else {SIGNATURE}
    return plan(files.keys(), (set(gone) | unsigned) & present.keys(), present)


def _each(do: Callable[[str], _T], paths: Iterable[str]) -> list[_T]:
    """Do the same for several files at once; the first failure ends it."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(do, paths))


def target(address: str) -> Storage:
    """Return the place s3://BUCKET[/PREFIX]; raise ValueError, in Russian, where there is none."""
    parts = _ADDRESS.fullmatch(address)
    prefix = (parts["prefix"] or "").strip("/") if parts else ""
    try:
        check_path(prefix or "-")
    except ManifestError:
        parts = None
    if not parts:
        raise ValueError(f"{address}: {_LIKE_THIS}")
    missing = [name for name in _KEYS if not os.environ.get(name, "").strip()]
    if missing:
        raise ValueError(
            f"{address}: для хранилища нужен ключ доступа. Задайте {' и '.join(missing)}."
        )
    region = os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    endpoint = os.environ.get("AWS_ENDPOINT_URL") or f"https://s3.{region}.amazonaws.com"
    if not endpoint.startswith(("https://", "http://")):
        raise ValueError(f"AWS_ENDPOINT_URL: «{endpoint}» — не адрес. Он начинается с https://.")
    return Storage(Bucket(parts["bucket"], prefix, endpoint, region))


_LIKE_THIS: Final = "адрес хранилища пишется так: s3://бакет или s3://бакет/папка."
_KEYS: Final = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
