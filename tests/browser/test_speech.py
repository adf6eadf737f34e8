"""Reading aloud: started and stopped by the reader, without a change to the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import PAGES, set_panel
from tests.browser.visit import Visit

# A stand-in for the voices of a system, which a headless browser lacks.
VOICES = """
window.spoken = [];
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
Object.defineProperty(window, "speechSynthesis", {value: Object.assign(new EventTarget(), {
  voices: [{lang: "en-US"}, {lang: "LANGUAGE"}],
  getVoices() { return this.voices; },
  speak(utterance) { window.spoken.push(utterance); },
  cancel() { window.cancelled = true; },
})});
"""
RUSSIAN = VOICES.replace("LANGUAGE", "ru-RU")


def _spoken(page: Page) -> list[str]:
    found: list[str] = page.evaluate("spoken.map(({text}) => text.trim())")
    return found


def test_the_page_is_read_in_russian_and_stays_as_it_is(visit: Visit) -> None:
    page = visit(PAGES["report"], init=RUSSIAN)
    set_panel(page, open=True)
    before = page.locator("main").inner_html()
    page.get_by_role("button", name="Читать страницу вслух").click()
    said = _spoken(page)
    assert any(text in page.locator("h1").inner_text() for text in said[1:5])
    assert any("Статус: выполнено" in text for text in said)
    assert all(0 < len(text) <= 200 for text in said)
    assert not any("Ссылка на" in text or "Показать все" in text for text in said)
    assert page.evaluate("spoken.every(({lang}) => lang === 'ru-RU')")
    assert page.locator("main").inner_html() == before


def test_a_sign_is_heard_as_the_words_beside_it(visit: Visit) -> None:
    page = visit("yantarenergosbyt/programmes/2026/since-2025/", init=RUSSIAN)
    set_panel(page, open=True)
    before = page.locator("main").inner_html()
    page.get_by_role("button", name="Читать страницу вслух").click()
    said = " ".join(_spoken(page))
    assert "№: 3.1, теперь 5.1." in said
    assert "→" not in said
    assert page.locator("main").inner_html() == before


def test_the_reader_stops_it(visit: Visit) -> None:
    page = visit(PAGES["about"], init=RUSSIAN)
    set_panel(page, open=True)
    button = page.locator(".d-speech")
    button.click()
    expect(button).to_have_text("Остановить чтение")
    assert not page.evaluate("window.cancelled")
    button.press("Enter")
    expect(button).to_have_text("Читать страницу вслух")
    assert page.evaluate("window.cancelled")


@pytest.mark.parametrize(
    "event",
    [
        "spoken.at(-1).dispatchEvent(new Event('end'))",
        "spoken.at(-1).dispatchEvent(new Event('error'))",
        "dispatchEvent(new Event('pagehide'))",
    ],
)
def test_when_it_ends_it_can_be_started_again(event: str, visit: Visit) -> None:
    page = visit(PAGES["about"], init=RUSSIAN)
    set_panel(page, open=True)
    page.locator(".d-speech").click()
    page.evaluate(event)
    expect(page.locator(".d-speech")).to_have_text("Читать страницу вслух")


def test_it_hides_where_there_is_no_russian_voice(visit: Visit) -> None:
    for init in (VOICES.replace("LANGUAGE", "rup"), "delete window.speechSynthesis", None):
        page = visit(PAGES["about"], init=init)
        set_panel(page, open=True)
        expect(page.locator(".d-speech")).to_be_hidden()


def test_it_appears_when_the_voices_are_loaded_late(visit: Visit) -> None:
    page = visit(PAGES["about"], init=VOICES.replace("LANGUAGE", "de-DE"))
    set_panel(page, open=True)
    expect(page.locator(".d-speech")).to_be_hidden()
    page.evaluate("""
      speechSynthesis.voices.push({lang: "ru-RU"});
      speechSynthesis.dispatchEvent(new Event("voiceschanged"));
    """)
    expect(page.locator(".d-speech")).to_be_visible()
