"""The data dictionary: what every column of every table of data means, and of what type it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from disclosure.model import Segment, Status
from disclosure.values import Frequency, Measurement
from disclosure.views.document import Kind
from disclosure.views.facets import UNANSWERED
from disclosure.views.table import NOTE, Column, Row, Table, row


class Type(StrEnum):
    """The type of a column, by the name that Table Schema has for it."""

    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    YEAR = "year"

    @property
    def words(self) -> str:
        """The type in words."""
        return _WORDS[self]


_WORDS: Final = {
    Type.TEXT: "текст",
    Type.INTEGER: "целое число",
    Type.NUMBER: "число",
    Type.DATE: "дата",
    Type.YEAR: "год",
}


@dataclass(frozen=True)
class Meaning:
    """What a column means, its type, and all that may stand in it, if that is a short list."""

    text: str
    type: Type = Type.TEXT
    values: tuple[str, ...] = ()


NOTES: Final = Column("notes", NOTE)
"""The column of data files that has the notes of a row."""

_SEGMENT: Final = Meaning(
    "Для кого канал: B2B — организации, B2C — граждане. Пусто — для всех", values=tuple(Segment)
)
_PLACE: Final = {
    "section_number": Meaning("Номер вида обслуживания, как напечатан в документе"),
    "section": Meaning("Вид обслуживания: очное, дистанционное, интерактивное"),
    "group_number": Meaning("Номер группы мероприятий, как напечатан в документе"),
    "group": Meaning("Группа мероприятий: канал, по которому обслуживают потребителей"),
    "segment": _SEGMENT,
}
_MEASURE: Final = {
    "number": Meaning("Номер мероприятия, как напечатан в документе. Может меняться по годам"),
    "id": Meaning("Постоянное имя мероприятия: одно и то же в программе и в отчёте о ней"),
    "text": Meaning("Что обещано сделать, словами документа"),
}
_ANSWER: Final = {
    "status": Meaning("Что стало с мероприятием", values=(*Status, UNANSWERED)),
    "date": Meaning("День, когда мероприятие выполнено", Type.DATE),
    "late": Meaning("На сколько дней позже срока выполнено", Type.INTEGER),
    "result": Meaning("Что получилось, словами документа"),
    "reason": Meaning("Почему мероприятие не выполнено или выполнено не по плану"),
    "new_deadline": Meaning("На какой срок перенесено, словами документа"),
    "effect": Meaning("Какую пользу мероприятие принесло"),
    "evidence": Meaning("Адреса страниц и файлов, которые подтверждают выполнение"),
}
_COUNTED: Final = {
    "total": "Сколько всего мероприятий",
    "done": "Сколько мероприятий выполнено",
    "late": "Сколько мероприятий из выполненных сделано с опозданием",
    "going": "Сколько мероприятий выполняется или выполнено частично",
    "postponed": "Сколько мероприятий перенесено",
    "not_done": "Сколько мероприятий не выполнено",
    "cancelled": "Сколько мероприятий отменено",
    "unknown": "О скольких мероприятиях нет сведений",
    "unanswered": "О скольких мероприятиях в черновике отчёта пока нет ответа",
}
_COUNTS: Final = {key: Meaning(text, Type.INTEGER) for key, text in _COUNTED.items()}
_DOCUMENT: Final = {"document": Meaning("Имя документа в таблице документов")}
_FACT: Final = {
    "name": Meaning("О чём сведение"),
    "value": Meaning("Само сведение, словами документа"),
}

MEANINGS: Final[Mapping[str, Mapping[str, Meaning]]] = {
    "document": _FACT,
    "about": _FACT,
    "figures": _FACT,
    "text": {
        "section_number": Meaning("Номер раздела, как напечатан"),
        "section": Meaning("Название раздела документа"),
        "number": Meaning("Номер пункта, как напечатан"),
        "text": Meaning("Текст раздела или пункта"),
    },
    "legal_references": {
        "act": Meaning("Закон, постановление или другой акт, на который ссылается документ"),
        "date": Meaning("День, которым подписан акт", Type.DATE),
        "number": Meaning("Номер акта"),
        "title": Meaning("Название акта"),
    },
    "terms": {
        "name": Meaning("Термин"),
        "abbreviation": Meaning("Его сокращение"),
        "definition": Meaning("Что термин значит в этом документе"),
    },
    "channels": {
        "name": Meaning("Способ связи с поставщиком"),
        "segment": _SEGMENT,
        "contacts": Meaning("Адрес, телефоны, электронная почта, сайты — через точку с запятой"),
        "hours": Meaning("Режим работы словами документа"),
        "schedule": Meaning("Режим работы, расписанный по дням недели"),
    },
    "documents": {
        "id": Meaning("Имя документа, по которому его находят другие таблицы"),
        "kind": Meaning("Вид документа: программа или отчёт", values=tuple(Kind)),
        "period": Meaning("Год или годы, о которых документ"),
        "title": Meaning("Название документа"),
        "programme": Meaning("Имя программы, на которую отвечает отчёт"),
        "path": Meaning("Адрес страницы документа на этом сайте"),
        "code": Meaning("Код документа у поставщика"),
        "access": Meaning("Гриф доступа, как напечатан"),
        "draft": Meaning("День, на который составлен черновик отчёта", Type.DATE),
        "published": Meaning("День, когда документ опубликован, если известен", Type.DATE),
        "modified": Meaning("День, когда документ последний раз изменён, если известен", Type.DATE),
        "checksum": Meaning("Контрольная сумма содержания, SHA-256: у каждой редакции своя"),
    },
    "statuses": {
        **_DOCUMENT,
        "programme": Meaning("Имя программы, на которую отвечает отчёт"),
        "id": _MEASURE["id"],
        **_ANSWER,
    },
    "measures": {
        **_DOCUMENT,
        **_PLACE,
        **_MEASURE,
        "parent": Meaning("Постоянное имя мероприятия, подпунктом которого это является"),
        "proposal": Meaning("Предложение, ради которого задумано мероприятие"),
        "deadline": Meaning("Срок словами документа"),
        "starts": Meaning("Первый день срока. Пусто, если срок не назван датой", Type.DATE),
        "due": Meaning("Последний день срока. Пусто, если срок не назван датой", Type.DATE),
        "frequency": Meaning("Как часто повторяется", values=tuple(Frequency)),
        "expected": Meaning("Какого результата ждут, словами документа"),
        "responsible": Meaning("Ответственное подразделение"),
        "funding": Meaning("Откуда деньги"),
        "success": Meaning("По какому показателю судят об успехе и какова цель"),
        "continued": Meaning("Мероприятие прошлой программы, которое это продолжает"),
        "continues": Meaning(
            "Постоянное имя мероприятия прошлой программы, которое это продолжает"
        ),
        **_ANSWER,
    },
    "groups": {
        **_DOCUMENT,
        **_PLACE,
        "measures": Meaning("Сколько в группе мероприятий и подпунктов", Type.INTEGER),
        "text": Meaning("Что сказано о группе, в которой мероприятий нет"),
        **{key: meaning for key, meaning in _COUNTS.items() if key not in {"total", "going"}},
        "in_progress": Meaning("Сколько мероприятий выполняется", Type.INTEGER),
        "partly": Meaning("Сколько мероприятий выполнено частично", Type.INTEGER),
    },
    "dropped": {
        **_MEASURE,
        "reason": Meaning("Почему мероприятие прошлой программы не продолжено"),
    },
    "summary": {
        "status": Meaning("Что стало с мероприятиями"),
        "count": Meaning("Сколько таких мероприятий", Type.INTEGER),
        "share": Meaning("Какая это доля всех мероприятий, в процентах", Type.NUMBER),
    },
    "services": {"name": Meaning("Вид обслуживания"), **_COUNTS},
    "segments": {"name": Meaning("Для кого мероприятия"), **_COUNTS},
    "deviations": {**_MEASURE, **_ANSWER},
    "effects": {**_MEASURE, **_ANSWER},
    "revisions": {
        "edition": Meaning("Редакция документа, как её называет сайт"),
        "date": Meaning("День, с которого действует редакция, если он указан"),
        "what": Meaning("Что изменено"),
        "why": Meaning("Почему изменено, на каком основании"),
        "checksum": Meaning("Контрольная сумма содержания, SHA-256: у каждой редакции своя"),
    },
    "indicators": {
        **_DOCUMENT,
        "group": Meaning("Группа показателей, если документ делит их на группы"),
        "name": Meaning("Показатель качества обслуживания"),
        "unit": Meaning("Единица, в которой показатель измерен", values=tuple(Measurement)),
        "year": Meaning("Год, за который значение", Type.YEAR),
        "value": Meaning("Значение, как напечатано в документе"),
        "number": Meaning(
            "Значение числом, длительность — в секундах."
            " Пусто, если данных нет или значение напечатано с ошибкой",
            Type.NUMBER,
        ),
        "words": Meaning("Значение, сказанное словами"),
        "change": Meaning(
            "На сколько значение отличается от прошлогоднего, длительность — в секундах",
            Type.NUMBER,
        ),
        "percent": Meaning(
            "На сколько процентов значение отличается от прошлогоднего", Type.NUMBER
        ),
    },
}
"""The meaning of each column by the keys of its table and its own."""

_NOTE: Final = Meaning("Примечания к строке: сначала столбец, к которому примечание, потом текст")

_DICTIONARY: Final = (
    Column("table", "Таблица"),
    Column("title", "Столбец"),
    Column("name", "Имя"),
    Column("type", "Тип"),
    Column("meaning", "Что значит"),
    Column("values", "Возможные значения", optional=True),
)


def meaning(table: str, column: str) -> Meaning | None:
    """Return what a column of a table means, None where the dictionary does not have it."""
    return _NOTE if column == NOTES.key else MEANINGS.get(table, {}).get(column)


def dictionary_table(tables: Iterable[Table]) -> Table:
    """Return the dictionary of some tables as a table: a row for each of their columns."""
    told = (
        (table, column, meaning(table.key, column.key))
        for table in tables
        for column in (*table.columns, NOTES)
    )
    rows = tuple(_row(table, column, said) for table, column, said in told if said)
    return Table("dictionary", "Словарь данных", _DICTIONARY, rows, "title")


def _row(table: Table, column: Column, said: Meaning) -> Row:
    return row(
        {
            "table": table.caption,
            "title": column.title,
            "name": column.key,
            "type": said.type.words,
            "meaning": said.text,
            "values": "; ".join(said.values),
        }
    )
