// What was written in a sheet, step by step, to take back and to do again. A step is a list of [input, was, text].

export class GridSteps {
  #done = [];
  #undone = [];

  remember(step) {
    this.#done.push(step);
    this.#undone = [];
  }

  // The last step, which is now taken back.
  back() {
    return this.#move(this.#done, this.#undone);
  }

  // The last step that was taken back, which is now done again.
  forth() {
    return this.#move(this.#undone, this.#done);
  }

  #move(from, to) {
    const step = from.pop();
    if (step) to.push(step);
    return step;
  }
}
