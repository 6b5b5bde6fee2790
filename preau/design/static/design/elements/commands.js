// Buttons that open and close dialogs (`command`, `commandfor`) in browsers that do not do it themselves,
// and dialogs whose form came back with reasons: they open with the page.

const DOES_IT_ITSELF = "command" in HTMLButtonElement.prototype;

const obey = (event) => {
  const button = event.target.closest("button[commandfor]");
  const dialog = button && document.getElementById(button.getAttribute("commandfor"));
  if (!dialog) return;
  if (button.getAttribute("command") === "show-modal" && !dialog.open) dialog.showModal();
  if (button.getAttribute("command") === "close") dialog.close();
};

if (!DOES_IT_ITSELF) document.addEventListener("click", obey);

const openThose = () =>
  document.querySelectorAll("dialog[data-opened]:not([open])").forEach((dialog) => {
    dialog.removeAttribute("data-opened");
    dialog.showModal();
  });

openThose();
document.addEventListener("htmx:after:swap", openThose);
