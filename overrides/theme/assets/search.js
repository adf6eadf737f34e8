// The search page: the query lives in the address, what is found is announced and shown.
import { find, parse } from "./finder.js";
import { bySupplier } from "./finds.js";

const form = document.querySelector(".d-search");
const status = document.querySelector(".d-found");
const results = document.querySelector(".d-results");
const more = document.querySelector(".d-more");
const all = document.querySelector(".d-all");
const TITLE = document.title;
const DOCUMENTS = 20; // read at once, likeliest first
const EMPTY = "Введите слово, которое нужно найти.";
const FAILED =
  "Поиск не загрузился. Проверьте связь и повторите. Все документы перечислены ниже.";
const NOTHING =
  "Ничего не найдено. Проверьте, нет ли опечатки, или возьмите меньше слов и уберите кавычки. Все документы перечислены ниже.";
const PLURALS = new Intl.PluralRules("ru");
let latest = 0;
let asked = "";

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = form.q.value.trim();
  const address = query ? `?${new URLSearchParams({ q: query })}` : location.pathname;
  if (query !== asked) history.pushState(null, "", address);
  search(query);
});
addEventListener("popstate", restore);
restore();

/** Do as the address says, unless no more than its fragment has changed. */
function restore() {
  const query = (new URLSearchParams(location.search).get("q") ?? "").slice(0, form.q.maxLength);
  if (query.trim() === asked) return;
  form.q.value = query;
  search(query.trim());
}

/** Search and show what was found; returns whether no later search has taken its place. */
async function search(query, limit = DOCUMENTS) {
  const turn = ++latest;
  asked = query;
  document.title = query ? `${query} — ${TITLE}` : TITLE;
  if (!parse(query).length) return show([], query ? NOTHING : EMPTY);
  status.textContent = "Ищем…";
  const found = await find(query, limit).catch((error) => ({ error }));
  if (turn !== latest) return false;
  if (found.error) return show([], FAILED);
  const { documents } = found;
  show(bySupplier(documents), documents.length || found.more ? count(found) : NOTHING, found.more);
  more.onclick = () => extend(query, limit + DOCUMENTS);
  return true;
}

/** Search further documents, and go to the first that was not there before. */
async function extend(query, limit) {
  const before = new Set(links().map(({ href }) => href));
  if (!(await search(query, limit))) return;
  const found = links().find(({ href }) => !before.has(href));
  (found ?? (more.hidden ? form.q : more)).focus();
}

function links() {
  return [...results.querySelectorAll("h3 a")];
}

function show(sections, said, isMore = false) {
  results.replaceChildren(...sections);
  more.hidden = !isMore;
  all.hidden = sections.length > 0;
  status.textContent = said;
  return true;
}

function count({ documents, more: isMore }) {
  const places = documents.reduce((sum, { title, passages }) => sum + title.found + passages.length, 0);
  const said = `Найдено ${plural(places, "место", "места", "мест")} в ${plural(documents.length, "документе", "документах")}`;
  return isMore ? `${said}, просмотрены не все документы.` : `${said}.`;
}

function plural(number, one, few, many = few) {
  return `${number} ${{ one, few, many }[PLURALS.select(number)]}`;
}
