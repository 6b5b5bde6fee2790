// What is said beside a sheet: in passing, what was kept; until it is dealt with, what was not; and beside a cell, the
// choice where two people wrote in it.

export class GridVoice {
  constructor() {
    this.words = document.getElementById("grid-words-list")?.dataset ?? {};
    this.line = document.getElementById("grid-words");
    this.notices = document.getElementById("grid-notices");
  }

  // The sentence of that name with its details filled in.
  sentence = (name, details = {}) =>
    (this.words[name] ?? "").replace(/%\((\w+)\)s/g, (_all, detail) => details[detail] ?? "");

  // The sentence about so many: one has its own words.
  counted = (name, count, details = {}) =>
    this.sentence(count === 1 ? `${name}One` : `${name}Many`, { count, ...details });

  say(words) {
    if (this.line) this.line.textContent = words;
  }

  // Say something that stays until the person closes it, in place of what stayed under the same name.
  keep(name, words = this.sentence(name), ...choices) {
    this.drop(name);
    const close = [this.sentence("understood"), () => {}];
    this.notices?.append(this.#box("p", name, words, choices.length ? choices : [close]));
  }

  drop(name) {
    this.notices?.querySelector(`[data-name="${name}"]`)?.remove();
  }

  // Offer a choice right after a cell, for the eye and for the Tab key: [label, act].
  choose(input, words, ...choices) {
    input.parentElement.querySelector(".cell-choice")?.remove();
    const box = this.#box("div", "choice", words, choices);
    box.className = "cell-choice";
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", words);
    input.parentElement.append(box);
  }

  #box(kind, name, words, choices) {
    const box = document.createElement(kind);
    box.dataset.name = name;
    box.append(words, ...choices.map(([label, act]) => this.#button(label, act, box)));
    return box;
  }

  #button(label, act, box) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button button-small", textContent: label });
    button.addEventListener("click", () => {
      box.remove();
      act();
    });
    return button;
  }
}
