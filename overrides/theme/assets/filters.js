/* Shows the measures that fit what the reader chose; the address keeps the choice. */

const form = document.querySelector(".d-filters");
const plan = form.closest("section");
const selects = [...form.querySelectorAll("select")];
const message = form.querySelector("[role=status]");
const rows = [...plan.querySelectorAll(".d-table--measures tbody tr")];
const items = [...rows, ...plan.querySelectorAll(".d-none")];
const boxes = [...plan.querySelectorAll("section, .d-fit, .d-scroll")].filter((box) =>
  items.some((item) => box.contains(item)),
);

const fits = (item) =>
  selects.every(
    ({ name, value }) => !value || (item.dataset[name] ?? "").split(" ").includes(value),
  );

const show = (element, shown) => element.toggleAttribute("data-filtered-out", !shown);

/** A measure fits if it does or one of its sub-items does: hence from the last to the first. */
function filter() {
  const shown = new Set();
  let below = 0;
  for (const item of items.toReversed()) {
    const depth = Number(item.dataset.depth ?? 0);
    if (!fits(item) && depth >= below) continue;
    shown.add(item);
    below = depth;
  }
  for (const item of items) show(item, shown.has(item));
  for (const box of boxes) show(box, items.some((item) => shown.has(item) && box.contains(item)));
  const count = rows.filter((row) => shown.has(row)).length;
  message.textContent = count ? message.dataset.some.replace("{}", count) : message.dataset.none;
}

function choose(values) {
  for (const select of selects) {
    select.value = values.get(select.name) ?? "";
    if (select.selectedIndex < 0) select.value = ""; // not one of its values
  }
  filter();
}

const target = () => document.getElementById(location.hash.slice(1));
const targetIsOut = () => Boolean(target()?.closest("[data-filtered-out]"));

/** The address keeps its other parameters, and its fragment while that is shown. */
function write() {
  const address = new URL(location);
  for (const { name, value } of selects) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  if (targetIsOut()) address.hash = "";
  history.replaceState(history.state, "", address);
}

/** A link to what is not among the chosen measures shows all. */
function read() {
  choose(new URLSearchParams(location.search));
  if (!targetIsOut()) return;
  choose(new Map());
  write();
  target().scrollIntoView();
}

form.addEventListener("change", () => {
  filter();
  write();
});
form.querySelector("button").addEventListener("click", () => {
  choose(new Map());
  write();
});
addEventListener("popstate", read);

form.hidden = false;
read();
if (!location.hash && selects.some(({ value }) => value)) form.scrollIntoView();
