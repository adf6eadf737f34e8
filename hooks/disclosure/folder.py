"""The data folder → the model: every file of it read, or every finding told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from disclosure.finding import Finding
from disclosure.model import (
    Disclosure,
    Duties,
    Entity,
    LegalActs,
    Programme,
    Redirects,
    Report,
    Signer,
    Supplier,
    SupplierFolder,
    Vocabulary,
)
from disclosure.salvage import Rest
from disclosure.signers import SIGNERS, read_signers
from disclosure.source import SourceError, read
from disclosure.validation import validate

E = TypeVar("E", bound=Entity)

_PERIOD: Final = re.compile(r"((?:19|20|21)\d\d)(?:-((?:19|20|21)\d\d))?")
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TAKEN: Final = frozenset({"accessibility", "assets", "pagefind", "publication", "search"})
"""What no supplier can be called: a portal has its own pages and files there."""
_KINDS: Final = ("programmes", "reports")
_UNREADABLE: Final = "файл не прочитать. Проверьте права доступа к нему."


@dataclass
class Folder:
    """What a data folder holds: the model where it could be read, and the findings.

    `rests`, what is left of each file, and the files left `unread`, wholly or in part, as they
    hold errors, go by path below the folder. `only` is the slug of the only supplier asked for.
    """

    disclosure: Disclosure
    unread: frozenset[str] = frozenset()
    only: str | None = None
    rests: dict[str, Rest] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_folder(root: Path, only: str | None = None) -> Folder:
    """Read a data folder, all suppliers or only the one of that slug."""
    return _Reader(root).read(only)


def years_of(period: str) -> tuple[int, ...]:
    """Return the years of a period named «2024» or «2023-2024», none where it is no period."""
    found = _PERIOD.fullmatch(period)
    if not found:
        return ()
    first, last = int(found[1]), int(found[2] or found[1])
    return tuple(range(first, last + 1))


def shown(file: Path) -> str:
    """Name a file in findings: below the working folder, where it lies there."""
    try:
        return file.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()


class _Reader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.rests: dict[str, Rest] = {}
        self.findings: list[Finding] = []
        self.unread: set[str] = set()

    def read(self, only: str | None) -> Folder:
        suppliers: list[SupplierFolder] = []
        vocabulary = acts = duties = redirects = None
        signers: tuple[Signer, ...] = ()
        if not self.root.is_dir():
            self._say(self.root, "такой папки с данными нет. Проверьте путь.")
        else:
            files = ("channels.yml", "acts.yml", "duties.yml", "redirects.yml", SIGNERS)
            self._refuse_strangers(self.root, {*files, "suppliers"})
            vocabulary = self._file(self.root / "channels.yml", Vocabulary)
            acts = self._file(self.root / "acts.yml", LegalActs)
            duties = self._optional(self.root / "duties.yml", Duties)
            redirects = self._optional(self.root / "redirects.yml", Redirects)
            signers = self._signers(self.root / SIGNERS)
            suppliers = list(self._suppliers(only))
        disclosure = Disclosure(
            vocabulary=vocabulary or Vocabulary(service_types=()),
            acts=acts or LegalActs(acts=()),
            duties=duties or Duties(duties=()),
            redirects=redirects or Redirects(redirects=()),
            suppliers=tuple(suppliers),
            signers=signers,
        )
        return Folder(disclosure, frozenset(self.unread), only, self.rests, self.findings)

    def _suppliers(self, only: str | None) -> Iterator[SupplierFolder]:
        told = len(self.findings)
        entries = self._entries(self.root / "suppliers")
        folders = [f for f in entries if only in {None, f.name} and self._is_folder(f)]
        if not folders and len(self.findings) == told:
            wanted = f"поставщика «{only}»" if only else "ни одного поставщика"
            self._say(
                self.root / "suppliers", f"здесь нет {wanted}. Создайте папку с supplier.yml."
            )
        for folder in folders:
            if not _SLUG.fullmatch(folder.name):
                message = "в имени папки бывают только строчные латинские буквы, цифры и дефис."
                self._say(folder, f"{message} Переименуйте её.")
            elif folder.name in TAKEN:
                self._say(folder, "этот адрес занимает сам сайт. Переименуйте папку.")
            else:
                yield self._supplier(folder)

    def _supplier(self, folder: Path) -> SupplierFolder:
        self._refuse_strangers(folder, {"supplier.yml", *_KINDS})
        supplier = self._file(folder / "supplier.yml", Supplier)
        programmes = dict(self._documents(folder / "programmes", Programme))
        reports = dict(self._documents(folder / "reports", Report))
        return SupplierFolder(
            slug=folder.name,
            supplier=supplier or Supplier(name=folder.name),
            programmes=programmes,
            reports=reports,
        )

    def _documents(self, folder: Path, entity: type[E]) -> Iterator[tuple[str, E]]:
        for file in self._entries(folder) if folder.exists() or folder.is_symlink() else ():
            years = years_of(file.stem)
            if file.suffix != ".yml":
                self._say(file, "имя файла данных кончается на .yml. Переименуйте или уберите его.")
            elif not years:
                self._say(
                    file, "имя файла — не период. Назовите его так: 2024.yml или 2023-2024.yml."
                )
            elif (document := self._file(file, entity, years)) is not None:
                yield file.stem, document

    def _file(self, file: Path, entity: type[E], years: tuple[int, ...] = ()) -> E | None:
        name = file.relative_to(self.root).as_posix()
        value = self._read(file, name, entity, years) if self._is_file(file) else None
        if value is None:
            self.unread.add(name)
        return value

    def _optional(self, file: Path, entity: type[E]) -> E | None:
        there = file.exists() or file.is_symlink()
        return self._file(file, entity) if there else None

    def _signers(self, file: Path) -> tuple[Signer, ...]:
        if not (file.exists() or file.is_symlink()) or not self._is_file(file):
            return ()
        try:
            signers, findings = read_signers(file.read_bytes(), shown(file))
        except OSError:
            self._say(file, _UNREADABLE)
            return ()
        self.findings += findings
        return signers

    def _read(self, file: Path, name: str, entity: type[E], years: tuple[int, ...]) -> E | None:
        try:
            source = read(file, shown(file))
        except SourceError as error:
            self.findings += error.findings
            return None
        except OSError:
            self._say(file, _UNREADABLE)
            return None
        checked = validate(source, entity, years)
        self.findings += checked.findings
        self.rests[name] = checked.rest
        if not checked.rest.whole:
            self.unread.add(name)
        return checked.value

    def _entries(self, folder: Path) -> list[Path]:
        if not self._is_folder(folder):
            return []
        return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))

    def _is_file(self, file: Path) -> bool:
        if file.is_symlink():
            self._say(file, "это символическая ссылка. Положите сюда сам файл.")
        elif not file.exists():
            self._say(file, "такого файла нет. Создайте его.")
        elif not file.is_file():
            self._say(file, "это не файл. Уберите это из данных.")
        else:
            return True
        return False

    def _is_folder(self, folder: Path) -> bool:
        if folder.is_symlink():
            self._say(folder, "это символическая ссылка. Положите сюда саму папку.")
        elif not folder.exists():
            self._say(folder, "такой папки нет. Создайте её.")
        elif not folder.is_dir():
            self._say(folder, "здесь должна быть папка. Уберите этот файл из данных.")
        else:
            return True
        return False

    def _refuse_strangers(self, folder: Path, known: set[str]) -> None:
        for entry in self._entries(folder):
            if entry.name not in known:
                self._say(
                    entry, f"лишнее. Уберите: здесь бывают только {', '.join(sorted(known))}."
                )

    def _say(self, place: Path, message: str) -> None:
        self.findings.append(Finding(shown(place), 0, 0, message))
