"""The review in words that an editor understands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from disclosure.finding import Finding, Severity, counted
from disclosure.review import Review
from disclosure.review.lines import Line, Span, line
from disclosure.values.russian import noun, plural
from disclosure.views.alterations import Chapter, Detail, Item
from disclosure.views.table import Run

_MOST: Final = 200
"""How many findings are told."""
_LONGEST: Final = 600
_KEPT: Final = 30
_CHANGED: Final = 200
"""How many signs are told: of a message, of words beside a change, of the words that changed."""


def verdict(review: Review) -> Line:
    """Return the first line: whether the change may be published."""
    errors, warnings = counted(review.findings)
    if errors:
        said = plural(errors, "ошибка", "ошибки", "ошибок")
        return line("heading", f"Публиковать нельзя: {said}")
    said = plural(warnings, "предупреждение", "предупреждения", "предупреждений")
    return line("heading", f"Можно публиковать{f', есть {said}' if warnings else ''}")


def told(review: Review, root: Path, left_out: int = 0) -> Iterator[Line]:
    """Yield what was found in the data of `root`, by file.

    `left_out` is how many findings the forge does not show beside the lines they are about.
    """
    errors, warnings = counted(review.findings)
    if errors:
        said = noun(errors, "её", "их", "их")
        yield line(
            "paragraph", f"Исправьте {said} и отправьте правку ещё раз. Сайт пока остаётся прежним."
        )
    elif warnings:
        yield line("paragraph", "Предупреждения публикации не мешают, но прочтите их.")
    if review.findings:
        yield line("heading", "Что исправить" if errors else "На что обратить внимание", level=2)
    if left_out:
        count, shown = len(review.findings), len(review.findings) - left_out
        said = f"{plural(shown, 'замечание', 'замечания', 'замечаний')} из {count}"
        yield line("paragraph", f"Рядом со строками файлов видны только {said}, остальные здесь.")
    for path, findings in _by_file(review.findings).items():
        yield line("paragraph", Span(_short(path, root), "code"))
        for finding in findings:
            yield _finding(finding)
    if len(review.findings) > _MOST:
        more = len(review.findings) - _MOST
        yield line("paragraph", f"И ещё {more}: их покажет make check.")


def altered(review: Review) -> Iterator[Line]:
    """Yield what readers will find altered."""
    yield line("heading", "Что изменится для читателей", level=2)
    if review.altered is None:
        yield line("paragraph", _NO_BASE)
        return
    if review.unread:
        files = ", ".join(review.unread[:3]) + (" и другие" if len(review.unread) > 3 else "")
        yield line(
            "paragraph",
            "Опубликованные данные по нынешним правилам прочитаны не полностью, поэтому и"
            f" сравнение не полное. Не прочитаны: {files}.",
        )
    yield line("paragraph", "Сравнили с опубликованным: ", Span(review.base, "code"), ".")
    if not review.altered:
        yield line("paragraph", _NOTHING_YET if counted(review.findings)[0] else _NOTHING)
        return
    for chapter in review.altered:
        yield from _chapter(chapter)
    yield line("paragraph", _ADDRESSES)


_NO_BASE: Final = (
    "Сравнить не с чем: нет прежней версии данных в истории git. Если она должна быть,"
    " история загружена не полностью, скажите об этом администратору."
)
_NOTHING: Final = (
    "Для читателей ничего не изменится: документы, сведения о поставщиках и тексты страниц прежние."
)
_NOTHING_YET: Final = "Пока изменений не видно. Когда ошибок не останется, посмотрите сюда ещё раз."
_ADDRESSES: Final = (
    "Адрес страницы дан от начала сайта. В сайте для просмотра это папка, а в ней index.html."
)


def summary(review: Review, root: Path, left_out: int = 0) -> list[Line]:
    """Return all of it."""
    return [verdict(review), *told(review, root, left_out), *altered(review)]


# Findings -----------------------------------------------------------------------------------------


def _by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return the first findings by file, errors before warnings."""
    found: dict[str, list[Finding]] = {}
    ordered = sorted(findings, key=lambda one: (one.severity is not Severity.ERROR, one))
    for finding in ordered[:_MOST]:
        found.setdefault(finding.path, []).append(finding)
    return found


def _short(path: str, root: Path) -> str:
    """Name a file from the data folder on."""
    try:
        return Path(path).absolute().relative_to(root.absolute()).as_posix()
    except ValueError:
        return path


def _finding(finding: Finding) -> Line:
    warns = finding.severity is Severity.WARNING
    place = Span(f"строка {finding.line}: " if finding.line else "", "b")
    mark = "предупреждение: " if warns else ""
    beside = "".join(f" ({other})" for other in finding.beside)
    return line("item", place, f"{mark}{_cut(finding.message, _LONGEST)}{beside}")


# Alterations --------------------------------------------------------------------------------------


def _chapter(chapter: Chapter) -> Iterator[Line]:
    yield line("heading", chapter.title, level=3)
    for item in chapter.items:
        yield _item(item)
        for detail in item.details:
            yield _detail(detail)
        if item.more:
            more = plural(item.more, "изменение", "изменения", "изменений")
            yield line("item", f"и ещё {more}: они видны на самой странице", level=2)


def _item(item: Item) -> Line:
    where: tuple[str | Span, ...] = (".",)
    if item.path is not None:
        where = (". Адрес: ", Span(f"/{item.path}", "code"))
    return line("item", Span(item.title, "b"), f" — {item.how}", *where)


def _detail(detail: Detail) -> Line:
    joint = " — " if len(detail.runs) == 1 and detail.runs[0].edit else ": "
    where = f"{detail.where}{joint}" if detail.where else ""
    return line("item", where, *_edited(detail.runs), level=2)


def _edited(runs: Sequence[Run]) -> Iterator[Span]:
    """Yield words with their change within: «в [мае → июне] 2026»."""
    whole = _whole(runs)
    for index, run in enumerate(runs):
        if not run.edit:
            yield Span(_amid(run.text, index, len(runs)) if len(runs) > 1 else run.text)
        elif run.edit == "del" and _edit(runs, index + 1) == "ins":
            yield from _bracketed(_replaced(run.text, runs[index + 1].text), run, whole)
        elif run.edit == "del":
            yield from _bracketed(f"убрано: {_cut(run.text, _CHANGED)}", run, whole)
        elif _edit(runs, index - 1) != "del":
            yield from _bracketed(f"добавлено: {_cut(run.text, _CHANGED)}", run, whole)


def _whole(runs: Sequence[Run]) -> bool:
    """Tell whether nothing was kept."""
    return not any(run.text.strip() for run in runs if not run.edit)


def _edit(runs: Sequence[Run], index: int) -> str:
    return runs[index].edit if 0 <= index < len(runs) else ""


def _replaced(old: str, new: str) -> str:
    return f"{_cut(old, _CHANGED)} → {_cut(new, _CHANGED)}"


def _bracketed(said: str, run: Run, whole: bool) -> Iterator[Span]:
    """Yield what is said of a run in brackets, amid the spaces that the run brings."""
    if whole:
        yield Span(said)
        return
    yield Span(" " if run.text[:1].isspace() else "")
    yield Span(f"[{said}]", "b")
    yield Span(" " if run.text[-1:].isspace() else "")


def _amid(text: str, index: int, count: int) -> str:
    """Return of words that were kept those beside a change."""
    first, last = index == 0, index == count - 1
    room = _KEPT if first or last else 2 * _KEPT
    if len(text) <= room:
        return text
    begin, end = text[:_KEPT], text[-_KEPT:]
    begin = "" if first else (begin.rpartition(" ")[0] or begin)
    end = "" if last else (end.partition(" ")[2] or end)
    return f"{begin}…{end}"


def _cut(text: str, longest: int) -> str:
    text = text.strip()
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"
