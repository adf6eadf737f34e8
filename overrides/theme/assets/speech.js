// Reads the page aloud in Russian, when and as long as the reader wants; the page stays as it is.
const button = document.querySelector(".d-speech");
const START = button.textContent;
const STOP = "Остановить чтение";
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, caption, tbody tr, figcaption";
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
    const within = element.parentElement.closest("main :is(p, li, dd, caption, tbody tr)");
    if (!within && element.checkVisibility()) yield* parts(words(element));
  }
}

/** Cut a text at the ends of sentences or clauses, into parts that every voice can say. */
function* parts(text) {
  let part = "";
  for (const clause of text.replace(/\s+/g, " ").split(/(?<=[.!?;:,])\s/)) {
    if (part && part.length + clause.length > LONGEST) {
      yield part;
      part = "";
    }
    part += `${clause} `;
  }
  if (part.trim()) yield part;
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
  queue.at(-1).addEventListener("end", stop);
  button.textContent = STOP;
  for (const utterance of queue) speechSynthesis.speak(utterance);
}

button.addEventListener("click", () => (button.textContent === STOP ? stop() : start()));
window.speechSynthesis?.addEventListener("voiceschanged", offer);
addEventListener("pagehide", () => window.speechSynthesis?.cancel());
offer();
