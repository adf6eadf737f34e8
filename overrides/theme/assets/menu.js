// The menu of a narrow page: a button unfolds it in the flow, Esc folds it and returns the focus.
const button = document.querySelector(".d-menu-button");

function isOpen() {
  return button.getAttribute("aria-expanded") === "true";
}

button.addEventListener("click", () => button.setAttribute("aria-expanded", String(!isOpen())));
button.parentElement.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !isOpen()) return;
  button.setAttribute("aria-expanded", "false");
  button.focus();
});
