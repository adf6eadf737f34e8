// Reads the page aloud in Russian, when and as long as the reader wants; the page stays as it is.
const button = document.querySelector(".d-speech");
const START = button.textContent;
const STOP = "Остановить чтение";
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, caption, tbody tr";
const LONGEST = 200; // some voices fall silent in the middle of longer texts

function voice() {
  return window.speechSynthesis?.getVoices().find(({ lang }) => /^ru\b/i.test(lang));
}

function offer() {
  button.hidden = !voice();
}

/** What is said of an element, without the signs that have words to be heard beside them. */
function heard(element) {
  const signs = element.querySelectorAll("[aria-hidden=true]:has(+ .d-hidden)");
  for (const sign of signs) sign.hidden = true;
  const text = element.innerText;
  for (const sign of signs) sign.hidden = false;
  return text;
}

/** What is said of a block: a row with the heading of each cell, others as they are. */
function words(element) {
  if (!element.matches("tr")) return heard(element);
  return [...element.cells]
    .map((cell) => [cell.dataset.label, heard(cell).trim()])
    .filter(([, text]) => text)
    .map(([label, text]) => (label ? `${label}: ${text}.` : text))
    .join(" ");
}

function* texts() {
  for (const element of document.querySelectorAll(`main :is(${BLOCKS})`)) {
    const within = element.parentElement.closest("main :is(p, li, dd, caption, tbody tr, form, nav)");
    if (!within && element.getClientRects().length) yield* parts(words(element));
  }
}

/** Cut a text into parts that every voice can say: at a mark of punctuation, or between words. */
function* parts(text) {
  let left = text.replace(/\s+/g, " ").trim();
  while (left.length > LONGEST) {
    const start = left.slice(0, LONGEST);
    const [part] = start.match(/.+[.!?;:,](?= )/) ?? start.match(/.+(?= )/) ?? [start];
    yield part;
    left = left.slice(part.length).trim();
  }
  if (left) yield left;
}

function stop() {
  button.textContent = START;
  speechSynthesis.cancel();
}

function start() {
  const queue = [...texts()].map((text) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = "ru-RU";
    utterance.voice = voice();
    return utterance;
  });
  if (!queue.length) return;
  for (const end of ["end", "error"]) queue.at(-1).addEventListener(end, stop);
  button.textContent = STOP;
  for (const utterance of queue) speechSynthesis.speak(utterance);
}

button.addEventListener("click", () => (button.textContent === STOP ? stop() : start()));
window.speechSynthesis?.addEventListener("voiceschanged", offer);
addEventListener("pagehide", () => window.speechSynthesis && stop());
offer();
