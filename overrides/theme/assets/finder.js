// Finds the passages that hold the words of a query. Pagefind knows where each word stands in each
// document; what makes a find is decided here, since Pagefind also offers documents that lack some
// of the words, and words that share no more than their first letter.

const ROOT = new URL("..", import.meta.url);
const BUNDLE = new URL("pagefind/pagefind.js", ROOT);
const WORD = /[\p{L}\p{N}]+(?:[-.:/@_]+[\p{L}\p{N}]+)*/gu;
const SAME_STEM = 512; // Pagefind 1.4 scores words of the same stem so, others less
const SHORT = 3; // letters: a shorter word says too little to be the beginning of another

/** The parts of a query: words, and phrases of words in quotes. */
export function parse(query) {
  return query.split(/["«»„“”]/).flatMap((text, index) => {
    const words = fold(text).match(WORD) ?? [];
    return index % 2 && words.length ? [words] : words.map((word) => [word]);
  });
}

/** The documents with passages that hold all parts of a query, best first, of the `limit` likeliest. */
export async function find(query, limit) {
  const parts = parse(query);
  return load(async (pagefind) => {
    const candidates = await candidatesFor(pagefind, [...new Set(parts.flat())]);
    const likeliest = candidates.slice(0, limit).map((candidate) => read(candidate, parts));
    const documents = await Promise.all(likeliest);
    return {
      documents: documents.filter(({ title, passages }) => title.found || passages.length),
      more: candidates.length > limit,
    };
  });
}

function fold(text) {
  return text.toLowerCase().replaceAll("ё", "е");
}

// Of a file that does not come, Pagefind says nothing: it waits for ever, or finds less.
let fail = () => {};
const { fetch } = globalThis;
globalThis.fetch = async (...request) => {
  const answer = await fetch(...request).catch((error) => {
    fail(error);
    throw error;
  });
  if (!answer.ok) fail(new Error(`${answer.status} ${answer.url}`));
  return answer;
};

let failures = 0;

/** The module of Pagefind; some browsers never ask again for one that did not come. */
function bundle() {
  return import(failures ? `${BUNDLE}?${failures}` : BUNDLE).catch((error) => {
    failures += 1;
    throw error;
  });
}

/** Run a task with Pagefind; a file that does not come fails it. */
async function load(task) {
  const failure = new Promise((_, reject) => (fail = reject));
  failure.catch(() => {}); // it may come when nobody waits any more
  const pagefind = await bundle();
  try {
    return await Promise.race([task(pagefind), failure]);
  } catch (error) {
    await pagefind.destroy(); // so that the next search asks again
    throw error;
  }
}

/** The documents in which each word may stand, likeliest first: what Pagefind found for each word. */
async function candidatesFor(pagefind, words) {
  const found = await Promise.all(
    words.map(async (word) => {
      const { results } = await pagefind.search(word);
      return new Map(results.map((result) => [result.id, result]));
    }),
  );
  return [...found[0].keys()]
    .filter((id) => found.every((results) => results.has(id)))
    .map((id) => {
      const results = new Map(words.map((word, index) => [word, found[index].get(id)]));
      return { results, score: [...results.values()].reduce((sum, { score }) => sum + score, 0) };
    })
    .sort((a, b) => b.score - a.score);
}

/** The passages of a document that hold all parts; words of its title count for each of them. */
async function read({ results }, parts) {
  const places = new Map();
  let record;
  for (const [word, result] of results) {
    record = await result.data(); // one object for all words, with the places of the last
    places.set(word, new Set(placesOf(word, record)));
  }
  const found = parts.map((words) => runs(words, places));
  const [title, ...passages] = split(record).map((passage) => ({ ...passage, ...held(passage, found) }));
  const enough = ({ has }) => has.some(Boolean) && has.every((own, part) => own || title.has[part]);
  const whole = ({ has }) => has.every(Boolean);
  title.found = whole(title);
  return {
    ...record.meta,
    title,
    passages: passages.filter(title.found ? whole : enough),
  };
}

/** Where a word stands: in any of its forms, or as the beginning of another word. */
function placesOf(word, { content, weighted_locations: locations }) {
  const texts = content.split(/\s+/);
  return locations
    .filter(({ location, weight, balanced_score: score }) =>
      stands(word, fold(texts[location] ?? ""), score >= SAME_STEM * weight ** 2),
    )
    .map(({ location }) => location);
}

function stands(word, text, isSameStem) {
  const number = /^\p{N}/u.test(word);
  const end = number ? "(?![\\p{L}\\p{N}]|[.:,]\\p{N})" : "";
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${word.replaceAll(".", "\\.")}${end}`, "u");
  if (pattern.test(text) && (number || word.length >= SHORT)) return true;
  return isSameStem && !number && !isStemByChance(text.replace(/\P{L}/gu, ""), word);
}

/** Whether a text is a short word of its own: «при» is the stem of «приём». */
function isStemByChance(text, word) {
  return text.length <= SHORT && word.length > text.length + 1;
}

/** All places of words that follow one another. */
function runs(words, places) {
  const starts = [...places.get(words[0])].filter((start) =>
    words.every((word, index) => places.get(word).has(start + index)),
  );
  return starts.flatMap((start) => words.map((_, index) => start + index));
}

/** The passages of a document, the first of them its title: each from its heading to the next. */
function split({ content, anchors, meta, raw_url: path }) {
  const words = content.split(/\s+/);
  const headings = anchors
    .filter(({ element, location }) => element === "h2" && location)
    .sort((a, b) => a.location - b.location);
  const starts = [{ location: 0, id: "", text: meta.title }, ...headings];
  return starts.map(({ location, id, text }, index) => {
    const address = new URL(path.slice(1), ROOT);
    address.hash = id;
    const end = starts[index + 1]?.location ?? words.length;
    const heading = text.trim().split(/\s+/).length;
    return { address: address.href, words: words.slice(location, end), start: location, heading };
  });
}

/** Which parts a passage holds, and at which of its words. */
function held({ start, words }, found) {
  const within = found.map((places) =>
    places.map((place) => place - start).filter((place) => place >= 0 && place < words.length),
  );
  return {
    has: within.map((places) => places.length > 0),
    hits: new Set(within.flat()),
  };
}
