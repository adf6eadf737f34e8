from __future__ import annotations

from datetime import date, datetime

from icalendar import Calendar, Event

from disclosure.model import Duties, Duty, SupplierFolder, owed
from disclosure.render.calendar import render_calendar
from disclosure.views.calendar import calendar_view
from disclosure.views.document import brief
from disclosure.views.dues import dues
from tests.folders import Said, programme, report, supplier, views

TODAY = date(2025, 11, 21)
NO_DUTIES = Duties(duties=())


def rendered(folder: SupplierFolder, duties: Duties = NO_DUTIES, site: str | None = None) -> bytes:
    due = tuple(dues(folder, views(folder)))
    told = owed(folder, duties, TODAY)
    view = calendar_view(brief("primer", folder.supplier), "", due, told, TODAY)
    return render_calendar(view, site)


def events(*arguments: object, **options: object) -> list[Event]:
    calendar = Calendar.from_ical(rendered(*arguments, **options))  # type: ignore[arg-type]
    assert not calendar.errors
    return list(calendar.walk("VEVENT"))  # type: ignore[arg-type]


def of(*measures: Said, **fields: object) -> SupplierFolder:
    return supplier({"2025": programme("2025", *measures, published="01.11.2024", **fields)})


def test_each_dated_deadline_is_a_whole_day() -> None:
    folder = of(
        {"id": "two", "deadline": ["3 квартал 2025", "1 квартал 2025"]},
        {"id": "often", "deadline": "ежемесячно"},
        {"id": "one", "deadline": "01.06.2025"},
    )
    assert [(str(event["uid"]), event.decoded("dtstart")) for event in events(folder)] == [
        ("primer-programme-2025-two-1", date(2025, 3, 31)),
        ("primer-programme-2025-one-1", date(2025, 6, 1)),
        ("primer-programme-2025-two-2", date(2025, 9, 30)),
    ]


def test_an_event_says_what_is_due_by_which_document() -> None:
    text = "Мыть окна; чистить, где грязно: \\ «везде» " + "и всегда " * 20
    (event,) = events(of({"id": "any", "text": text, "deadline": "1 квартал"}))
    summary, description = str(event["summary"]), str(event["description"])
    assert summary.startswith("АО «Пример»: Мыть окна; чистить, где грязно: \\ «везде» и всегда")
    assert summary.endswith("…")
    assert description.splitlines() == [
        text.strip(),
        "Срок в документе: 1 квартал",
        "Программа, 2025 год",
    ]


def test_what_is_postponed_moves_and_keeps_its_name() -> None:
    measure: Said = {"id": "any", "deadline": "1 квартал 2025"}
    answer: Said = {"id": "any", "status": "перенесено", "new_deadline": "01.02.2026"}
    before = supplier({"2025": programme("2025", measure)})
    after = supplier({"2025": programme("2025", measure)}, {"2025": report("2025", answer)})
    (old,), (new,) = events(before), events(after)
    assert old["uid"] == new["uid"]
    assert new.decoded("dtstart") == date(2026, 2, 1)
    assert "Прежний срок: 1 квартал 2025\n" in str(new["description"])
    assert str(new["description"]).endswith("Отчёт, 2025 год: перенесено")


def test_what_is_cancelled_is_crossed_out() -> None:
    measure: Said = {"id": "any", "deadline": "1 квартал 2025"}
    answer: Said = {"id": "any", "status": "отменено"}
    folder = supplier({"2025": programme("2025", measure)}, {"2025": report("2025", answer)})
    (event,) = events(folder)
    assert event["status"] == "CANCELLED"


def test_an_event_is_as_old_as_the_last_change_of_its_document() -> None:
    measure: Said = {"id": "any", "deadline": "1 квартал"}
    revision = {"date": "05.02.2025", "what": "Срок", "why": "Приказ"}
    (first,), (second,) = events(of(measure)), events(of(measure, revisions=[revision]))
    assert first.decoded("dtstamp").date() == date(2024, 11, 1)
    assert second.decoded("dtstamp").date() == date(2025, 2, 5)


def test_a_publication_is_due_too() -> None:
    duty = Duty.model_validate(
        {
            "document": "report",
            "what": "Отчёт за год",
            "until": "01.03",
            "year": "после периода",
            "basis": "Вымышленный приказ № 0",
        }
    )
    folder = supplier({"2025": programme("2025")})
    (event,) = events(folder, Duties(duties=(duty,)), site="https://primer.example/")
    assert event.decoded("dtstart") == date(2026, 3, 1)
    assert event["uid"] == "primer-duty-report-2025-01.03"
    assert "Основание: Вымышленный приказ № 0" in str(event["description"])
    assert event["url"] == "https://primer.example/deadlines/#duties"


def test_a_page_is_named_only_where_the_site_has_an_address() -> None:
    folder = of({"id": "any", "deadline": "1 квартал"})
    (event,) = events(folder)
    assert "url" not in event
    (event,) = events(folder, site="https://primer.example/")
    assert event["url"] == "https://primer.example/programmes/2025/#m-any"


def test_lines_end_and_fold_as_the_standard_says() -> None:
    folder = of({"id": "any", "text": "Мыть окна, " * 30, "deadline": "1 квартал"})
    lines = rendered(folder).split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert all(line.decode() for line in lines[:-1])  # no letter is cut in two


def test_the_same_data_give_the_same_bytes() -> None:
    folder = of({"id": "any", "deadline": "1 квартал"})
    assert rendered(folder) == rendered(folder)
    assert all(isinstance(e.decoded("dtstamp"), datetime) for e in events(folder))
