from __future__ import annotations

import pytest

from disclosure.model import Disclosure, LegalActs, Programme, Supplier, Vocabulary
from disclosure.rules.document import check_document
from disclosure.source import parse
from disclosure.validation import validate

ACTS = LegalActs.model_validate(
    {"acts": [{"act": "Постановление", "date": "04.05.2012", "number": "442", "title": "О рынках"}]}
)
DISCLOSURE = Disclosure(vocabulary=Vocabulary(service_types=()), acts=ACTS, suppliers=())
SUPPLIER = Supplier.model_validate({"name": "АО «ОЭК»"})


def problems(text: str = "Обучить", head: str = "") -> list[str]:
    plan = f"title: t\n{head}plan:\n  items:\n    - id: a\n      text: {text}\n"
    checked = validate(parse(plan.encode(), "f.yml"), Programme, (2024,))
    assert checked.findings == []
    assert checked.value is not None
    return [problem.message for problem in check_document(checked.value, SUPPLIER, DISCLOSURE)]


def section(text: str) -> str:
    return f"sections:\n  - title: s\n    text: {text}\n"


@pytest.mark.parametrize(
    "text",
    [
        "Постановление от 14.05.2012 № 442",
        "Постановление от 14 мая 2012 г. № 442",
        "Постановление от 14 мая 2012 года №442",
        "Постановление от 14\u00a0мая 2012\u00a0г. №\u00a0442",
        "Приказ от 01.01.2020 № 7 и постановление от 05.05.2012 № 442",
    ],
)
def test_act_with_a_wrong_date(text: str) -> None:
    (said,) = problems(head=section(text))
    assert said.startswith("акт № 442 назван от ")
    assert said.endswith(
        ", а он от 04.05.2012. Исправьте дату или добавьте пояснение в поле «waiver»."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Постановление от 04.05.2012 № 442",
        "Постановление от 4 мая 2012 г. № 442",
        "Постановление № 442",
        "Приказ от 14.05.2012 № 44",
        "Приказ от 14.05.2012 № 4421",
        "Приказ от 31.02.2012 № 442",
        "Действует с 14.05.2012; постановление № 442",
    ],
)
def test_act_with_a_right_date_or_none(text: str) -> None:
    assert problems(head=section(text)) == []


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Обучить в СУБК и CRM", "CRM, СУБК"),
        ("Вести СУБК, СУБК и СУБК", "СУБК"),
        ("Перейти на IVR-меню", ""),
        ("Открыть ЛК", ""),
        ("Открыть личный кабинет (ЛКК), вести ЛКК", ""),
        ("АО «ОЭК», ИНН, РФ, раздел IV", ""),
        ("Работать для B2B и B2C", ""),
        ("Слово А и Слово", ""),
    ],
)
def test_abbreviations_that_are_never_expanded(text: str, unknown: str) -> None:
    said = problems(text, "terms:\n  - abbreviation: ЛК\n    definition: Раздел сайта\n")
    assert [line.split(".")[0] for line in said] == (
        [f"сокращения не расшифрованы: {unknown}"] if unknown else []
    )
