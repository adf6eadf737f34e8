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

/** What is said of an element: a row with the heading of each cell, other blocks as they are. */
function words(element) {
  if (!element.matches("tr")) return element.innerText;
  return [...element.cells]
    .map((cell) => [cell.dataset.label, cell.innerText.trim()])
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
