// Shows what was found: suppliers, their documents, and in each the passages, with the words marked.

const SHOWN = 5; // passages of a document; the others unfold
const NAMED = 18; // words that name a passage
const BEFORE = 8; // words of an excerpt before the first that was found
const AROUND = 30; // words of an excerpt

/** A section for each supplier, in the order in which their best documents come. */
export function bySupplier(documents) {
  const sections = new Map();
  for (const found of documents) {
    if (!sections.has(found.slug)) {
      const heading = element("h2", {}, found.supplier);
      sections.set(found.slug, element("section", { class: `d-supplier supplier-${found.slug}` }, heading));
    }
    sections.get(found.slug).append(documentOf(found));
  }
  return [...sections.values()];
}

function documentOf({ page, title, passages }) {
  const heading = element("h3", {}, element("a", { href: title.address }, page));
  const items = passages.map(itemOf);
  return element(
    "section",
    { class: "d-finds" },
    heading,
    ...(title.found ? [element("p", {}, ...marked(title, 0, title.heading))] : []),
    ...(items.length ? [element("ul", {}, ...items.slice(0, SHOWN))] : []),
    ...(items.length > SHOWN ? [unfolding(items.slice(SHOWN))] : []),
  );
}

function unfolding(items) {
  const summary = element("summary", {}, `Ещё мест: ${items.length}`);
  return element("details", {}, summary, element("ul", {}, ...items));
}

/** A link by the words that begin a passage, and an excerpt where others of its words were found. */
function itemOf(passage) {
  const named = Math.min(passage.heading, NAMED);
  const link = element("a", { href: passage.address }, ...marked(passage, 0, named));
  const beyond = [...passage.hits].filter((hit) => hit >= named);
  if (!beyond.length) return element("li", {}, link);
  const start = Math.max(named, Math.min(...beyond) - BEFORE);
  const excerpt = marked(passage, start, start + AROUND);
  return element("li", {}, link, element("p", { class: "d-muted" }, ...excerpt));
}

/** Some words of a passage as nodes: those that were found are marked, what is left out is dotted. */
function marked({ words, hits, heading }, start, stop) {
  const end = start < heading ? heading : words.length;
  const nodes = words
    .slice(start, stop)
    .flatMap((word, index) => [index ? " " : "", ...(hits.has(start + index) ? mark(word) : [word])]);
  return [start > heading ? "… " : "", ...nodes, stop < end ? " …" : ""];
}

function mark(word) {
  const [, before, core, after] = word.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u);
  return [before, element("mark", {}, core), after];
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  made.normalize(); // screen readers take each text node for a piece of its own
  return made;
}
