"""A programme held against the one before it, measure by measure, as a reader sees it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from textwrap import shorten

from disclosure.model import Disclosure, Status, SupplierFolder
from disclosure.values.russian import noun, plural
from disclosure.views.changes import Change, Difference, Entry, Pair, pairs, say_group
from disclosure.views.document import Block, Kind, Place, Prose, SectionView, brief
from disclosure.views.edits import edited
from disclosure.views.facets import UNANSWERED
from disclosure.views.page import PageView
from disclosure.views.table import (
    EMPTY,
    Cell,
    Column,
    Link,
    Row,
    Run,
    Table,
    cell,
    numbered,
    row,
)

_HEADINGS = {
    Change.MOVED: "Другая группа",
    Change.REDATED: "Изменён срок",
    Change.REWORDED: "Изменено содержание",
    Change.NEW: "Новые",
    Change.DROPPED: "Не продолжены",
    Change.NONE: "Без изменений",
}
_CHANGED = (Change.MOVED, Change.REDATED, Change.REWORDED)
_KEPT = (Change.NONE, *_CHANGED)
_COLUMNS = {
    **dict.fromkeys(_KEPT, ("number", "text", "changed", "status")),
    Change.NEW: ("number", "text", "group", "deadline", "expected"),
    Change.DROPPED: ("number", "text", "deadline", "status", "reason"),
    Change.NONE: ("number", "text", "deadline"),
}
_NAME_LENGTH = 80
"""How long the name of a measure is at most where its whole text stands beside it."""


def comparisons(disclosure: Disclosure, folder: SupplierFolder, home: str) -> Iterator[PageView]:
    """Yield a page for each programme of a supplier that has one before it.

    The search does not know these pages: they repeat what the documents say.
    """
    for period in folder.programmes:
        if earlier := folder.before(period):
            place = Place(Kind.PROGRAMME, period, home)
            yield _Comparison(disclosure, folder, place, earlier).page()


class _Comparison:
    """Two programmes, their measures in pairs, and what a report says of the earlier ones."""

    def __init__(
        self, disclosure: Disclosure, folder: SupplierFolder, later: Place, earlier: str
    ) -> None:
        self.supplier = brief(folder.slug, folder.supplier)
        self.later, self.earlier = later, later.beside(Kind.PROGRAMME, earlier)
        self.path = f"{later.path}since-{earlier}/"
        programme = folder.programmes[later.period]
        self.reasons = {measure.id: measure.reason for measure in programme.dropped}
        reports = {p: report for p, report in folder.reports.items() if report.programme == earlier}
        last = max(reports, default=None)
        self.report = later.beside(Kind.REPORT, last) if last else None
        self.draft = bool(last and reports[last].draft)
        self.answers = {answer.id: answer for answer in reports[last].measures} if last else {}
        self.pairs = pairs(
            (earlier, folder.programmes[earlier]),
            (later.period, programme),
            disclosure.vocabulary,
            {name: answer.status for name, answer in self.answers.items()},
        )

    def page(self) -> PageView:
        """Return the page: in short, then each change, what stayed as it was at the end."""
        was, now = self.earlier, self.later
        return PageView(
            self.supplier,
            now.home,
            self.path,
            f"Что изменилось с {_of_years(was.period)}",
            f"Программа на {now.years} в сравнении с программой на {was.years}.",
            (self._short(), *(self._section(change) for change in Change if self._of(change))),
            (Link(now.title, now.path),),
        )

    def _of(self, *changes: Change) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if not pair.changes.keys().isdisjoint(changes))

    # In short -------------------------------------------------------------------------------

    def _short(self) -> SectionView:
        return SectionView("short", "Кратко", None, (Prose(" ".join(self._said())), self._counts()))

    def _said(self) -> Iterator[str]:
        was, now = self.earlier.years, self.later.years
        total, kept = _count(self._of(*_KEPT, Change.DROPPED)), _count(self._of(*_KEPT))
        of_all = plural(total, "мероприятия", "мероприятий", "мероприятий")
        gone_on = f"{noun(kept, 'перешло', 'перешли', 'перешло')} {kept}"
        as_was = _say_same(kept - _count(self._of(*_CHANGED)), kept)
        if kept:
            yield f"Из {of_all} программы на {was} в программу на {now} {gone_on}{as_was}."
            yield from self._said_of_several(kept)
        elif total:
            yield f"Ни одно мероприятие программы на {was} не перешло в программу на {now}."
        else:
            yield f"В программе на {was} мероприятий не было."
        yield from self._said_of_dropped()
        new = len(self._of(Change.NEW))
        added = plural(new, "новое мероприятие", "новых мероприятия", "новых мероприятий")
        verb = noun(new, "Добавлено", "Добавлены", "Добавлено")
        yield f"{verb} {added}." if new else "Новых мероприятий нет."
        if many := sum(len(pair.changes) > 1 for pair in self.pairs):
            changed = plural(many, "мероприятия", "мероприятий", "мероприятий")
            stand = noun(many, "оно стоит", "они стоят", "они стоят")
            yield f"У {changed} изменений несколько: {stand} в нескольких таблицах."
        if any(p.before and bool(p.before.channel) != bool(p.entry.channel) for p in self.pairs):
            yield (
                "Одна из программ — общий список, другая разделена на группы,"
                " поэтому переход из группы в группу не показан."
            )

    def _said_of_several(self, kept: int) -> Iterator[str]:
        """Say of how many new measures are those that went on, where some went on as several."""
        if (now := len(self._of(*_KEPT))) != kept:
            these = plural(now, "мероприятие", "мероприятия", "мероприятий")
            verb = noun(now, "продолжает", "продолжают", "продолжают")
            yield f"{'Его' if kept == 1 else 'Их'} {verb} {these} новой программы."

    def _said_of_dropped(self) -> Iterator[str]:
        names = [pair.entry.measure.id for pair in self._of(Change.DROPPED)]
        if not names:
            return
        verb = noun(len(names), "Не продолжено", "Не продолжены", "Не продолжено")
        said = f"{verb} {plural(len(names), 'мероприятие', 'мероприятия', 'мероприятий')}"
        if self.report is None:
            yield f"{said}."
            return
        told = [self._said_of(name) for name in names]
        yield f"{said}, {_say_done(told, draft=self.draft)}."

    def _counts(self) -> Table:
        kept = Row({"text": cell("Перешли"), "count": numbered(_count(self._of(*_KEPT)))})
        rows = [kept]
        for change in (*_KEPT, Change.NEW, Change.DROPPED):
            if found := self._of(change):
                heading = Cell(links=(Link(_HEADINGS[change], f"#{_anchor(change)}"),))
                cells = {"text": heading, "count": numbered(len(found))}
                rows.append(Row(cells, depth=int(change in _KEPT)))
        columns = (Column("text", "Что стало"), Column("count", "Мероприятий"))
        return Table("counts", "Что стало с мероприятиями", columns, tuple(rows), "text")

    # Measure by measure ---------------------------------------------------------------------

    def _section(self, change: Change) -> SectionView:
        found, heading = self._of(change), _HEADINGS[change]
        counted = plural(len(found), "мероприятие", "мероприятия", "мероприятий")
        rows = tuple(self._row(pair, change) for pair in found)
        columns = (
            Column("number", "№"),
            Column("text", "Мероприятие"),
            Column("changed", "Что изменилось"),
            Column("group", "Группа", optional=True),
            Column("deadline", "Срок", optional=True),
            Column("expected", "Ожидаемый результат", optional=True),
            Column("status", self._answered(), optional=True),
            Column("reason", "Причина", optional=True),
        )
        table = Table("comparison", f"{heading}: {counted}", columns, rows, "text")
        shown = table.shown(rows, table.caption, _COLUMNS[change])
        blocks: tuple[Block, ...] = (*map(Prose, self._remarks(change, shown)), shown)
        return SectionView(_anchor(change), heading, None, blocks)

    def _answered(self) -> str:
        if self.report is None:
            return ""
        return f"{'В черновике отчёта' if self.draft else 'В отчёте'} за {self.report.years}"

    def _remarks(self, change: Change, table: Table) -> Iterator[str]:
        """Say what a table cannot: what counts for no change, and what is not known."""
        if change is Change.NONE:
            yield "Новый номер и тот же срок в новом году изменениями не считаются."
        if change is Change.DROPPED and self.report is None:
            yield f"Отчёта о программе на {self.earlier.years} на сайте нет."
        if change is Change.DROPPED and "reason" not in {column.key for column in table.columns}:
            yield "Почему эти мероприятия не продолжены, в программе не указано."

    def _row(self, pair: Pair, change: Change) -> Row:
        """Return the row of a measure in the words of the programme's own page."""
        shown = pair.entry.row
        return row(
            {
                "number": _say_number(pair),
                "text": self._name(pair, change),
                "changed": self._changed(pair, change),
                "group": say_group(shown),
                "deadline": shown["deadline"],
                "expected": shown["expected"],
                "status": self._status(pair),
                "reason": self._reason(pair),
            }
        )

    def _name(self, pair: Pair, change: Change) -> Cell:
        """Name a measure by links to its rows in both programmes."""
        entry, before = pair.entry, pair.before
        text = entry.row["text"].text
        fields = {difference.key for difference in pair.changes[change]}
        name = shorten(text, _NAME_LENGTH, placeholder="…") if "text" in fields else text
        if before is None or before is entry:
            place = self.later if before is None else self.earlier
            return Cell(links=(self._link(name, place, entry),))
        number = before.row["number"].text.rstrip(".")
        said = ", ".join(part for part in (number and f"№ {number}", self.earlier.years) if part)
        was = self._link(f"Прежде: {said}", self.earlier, before)
        return Cell(links=(self._link(name, self.later, entry), was))

    def _link(self, words: str, place: Place, entry: Entry) -> Link:
        """Return a link to the row of a measure on the page of a document."""
        return Link(words, f"{posixpath.relpath(place.path, self.path)}/#{entry.row.anchor}")

    def _changed(self, pair: Pair, change: Change) -> Cell:
        """Return what changed, field by field, and what else to look for."""
        parts = [(each.title, _edited(each)) for each in pair.changes[change]]
        others = [_HEADINGS[other].lower() for other in pair.changes if other is not change]
        if others:
            parts.append(("Также", cell(", ".join(others))))
        return Cell(parts=tuple(parts))

    def _status(self, pair: Pair) -> Cell:
        """Return what the report says of a measure; a draft may say nothing yet."""
        if self.report is None or pair.before is None:
            return EMPTY
        said = self._said_of(pair.before.measure.id)
        return Cell(said, links=(self._link(said, self.report, pair.before),))

    def _said_of(self, name: str) -> str:
        answer = self.answers.get(name)
        return answer.status if answer else UNANSWERED

    def _reason(self, pair: Pair) -> Cell:
        """Say why a measure is not carried on, in the words of the programme and of the report."""
        name = pair.entry.measure.id
        answer = self.answers.get(name)
        told = (("В отчёте", cell(answer.reason)),) if answer and answer.reason else ()
        unknown = "не указана" if self.reasons and not told else ""
        return Cell(self.reasons.get(name, unknown), parts=told)


def _of_years(period: str) -> str:
    """Say a period in the genitive: «2024 года», «2023–2024 годов»."""
    return f"{period.replace('-', '–')} {'годов' if '-' in period else 'года'}"


def _anchor(change: Change) -> str:
    return change.name.lower()


def _count(found: Iterable[Pair]) -> int:
    """Count measures; one that several others continue is one."""
    return len({(pair.before or pair.entry).measure.id for pair in found})


def _say_same(same: int, kept: int) -> str:
    """Say how many of the measures that went on are as they were."""
    if same == kept:
        return ", все без изменений" if kept > 1 else " без изменений"
    if same:
        return f", из них без изменений {same}"
    return ", все с изменениями" if kept > 1 else " с изменениями"


def _say_done(told: list[str], *, draft: bool) -> str:
    """Say what a report says of the measures that did not go on, of one its very status."""
    by, in_it = ("черновику отчёта", "черновике отчёта") if draft else ("отчёту", "отчёте")
    done = told.count(Status.DONE)
    if len(told) == 1:
        return f"в {in_it} о нём сказано: {told[0]}"
    if not done:
        return f"в {in_it} ни одно не отмечено как выполненное"
    return f"по {by} выполнены все" if done == len(told) else f"из них по {by} выполнено {done}"


def _say_number(pair: Pair) -> Cell:
    """Say the number of a measure, and what it was where it has another one now."""
    if pair.before is None:
        return pair.entry.row["number"]
    old, new = (entry.row["number"].text.rstrip(".") for entry in (pair.before, pair.entry))
    if old == new:
        return cell(new)
    old, new = old or "без номера", new or "без номера"
    return Cell(f"{old} → {new}", spoken=f"{old}, теперь {new}")


def _edited(difference: Difference) -> Cell:
    """Mark words of a text; what is short, as a date, is replaced whole."""
    old, new = difference.old, difference.new
    if difference.whole:
        runs = (Run(old, "del"), Run(new, "ins"))
        return Cell(new or old, runs=tuple(run for run in runs if run.text))
    return edited(old, new)
