// What one wrote in a sheet, step by step, to take back and to do again: one's own acts, never what others wrote
// since. A step is a list of [input, was, text].

export class GridSteps {
  #done = [];
  #undone = [];

  remember(written) {
    this.#done.push(written.map(([input, was, text]) => ({ input, was, text, news: input.news ?? 0 })));
    this.#undone = [];
  }

  // Take the last step back: what to write, [input, text], and the cells that somebody else has changed since.
  back() {
    return this.#move(this.#done, this.#undone, ({ input, was }) => [input, was]);
  }

  // Do again the last step that was taken back.
  forth() {
    return this.#move(this.#undone, this.#done, ({ input, text }) => [input, text]);
  }

  #move(from, to, wish) {
    const step = from.pop();
    if (!step) return null;
    const mine = step.filter(({ input, news }) => (input.news ?? 0) === news);
    if (mine.length) to.push(mine);
    return {
      written: mine.map(wish),
      changed: step.filter((each) => !mine.includes(each)).map(({ input }) => input),
    };
  }
}
