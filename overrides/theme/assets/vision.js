// The panel «Версия для слабовидящих»: what its radios say is worn at once, kept and announced.
const root = document.documentElement;
const section = document.querySelector(".d-vision");
const details = section.querySelector("details");
const form = document.getElementById("low-vision");
const said = section.querySelector("[role=status]");

function settings() {
  return Object.fromEntries(new FormData(form));
}

/** Make the radios say what the page wears. */
function show() {
  for (const name of Object.keys(settings())) {
    const radio = document.getElementById(`${name}-${root.dataset[name]}`);
    if (radio) radio.checked = true;
  }
}

/** Wear and keep what the radios say, and announce it; it outlives an address that asked for more. */
function apply(words) {
  if (look.asked()) history.replaceState(history.state, "", location.pathname + location.search);
  Object.assign(root.dataset, settings());
  const kept = look.keep(settings());
  said.textContent = kept ? words : `${words} Браузер не хранит настройки: они действуют только на этой странице.`;
}

/** Wear what was kept, or what the address asks for. */
function restore() {
  look.wear();
  show();
}

function openIfAsked() {
  if (!look.asked()) return;
  restore();
  details.open = true;
  look.keep(settings()); // for the pages that follow
  said.textContent =
    root.dataset.scheme === "black-on-white"
      ? "Включены крупный шрифт и чёрное на белом."
      : "Действуют настройки, которые вы выбрали раньше.";
}

form.addEventListener("change", ({ target }) => {
  const legend = target.closest("fieldset").querySelector("legend");
  apply(`${legend.textContent}: ${target.labels[0].textContent.trim()}.`);
});
form.addEventListener("reset", () => {
  const words = details.open ? "Настройки сброшены." : "Включена обычная версия.";
  setTimeout(() => apply(words)); // the radios are reset after their event
});
form.addEventListener("submit", (event) => event.preventDefault());
section.querySelector(".d-usual").addEventListener("click", () => {
  details.open = false;
  details.querySelector("summary").focus();
  form.reset();
});
addEventListener("hashchange", openIfAsked);
addEventListener("storage", restore);
addEventListener("pageshow", ({ persisted }) => persisted && restore());

show();
openIfAsked();
