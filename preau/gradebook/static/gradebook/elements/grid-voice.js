// What is said beside a sheet: what was kept or refused, and the choice where two people wrote in the same cell.

export class GridVoice {
  constructor() {
    this.words = document.getElementById("grid-words-list")?.dataset ?? {};
    this.line = document.getElementById("grid-words");
  }

  // The sentence of that name with its details filled in.
  sentence = (name, details = {}) =>
    (this.words[name] ?? "").replace(/%\((\w+)\)s/g, (_all, detail) => details[detail] ?? "");

  say(name, details = {}, tone = "") {
    if (!this.line) return;
    this.line.className = `book-words ${tone}`;
    this.line.textContent = this.sentence(name, details);
  }

  // Offer what one may do about what was just said: [label, act].
  offer(...choices) {
    this.line?.append(...choices.map((choice) => this.#button(...choice)));
  }

  #button(label, act) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button button-small", textContent: label });
    button.addEventListener("click", () => {
      this.line.replaceChildren();
      act();
    });
    return button;
  }
}
