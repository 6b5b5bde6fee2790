// What has been typed and is not acknowledged yet. Kept in the browser (IndexedDB): a reload or a dead line loses
// nothing.
// A cell waits once: typing again replaces what waits, so that sending twice is sending once.

const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("preau-grades", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("waiting", { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export class GradeQueue {
  #memory = new Map(); // Stands in where the browser keeps nothing (private windows).

  constructor(sheet) {
    this.sheet = sheet;
    this.database = open().catch(() => null);
  }

  async put(cell) {
    const kept = { ...cell, sheet: this.sheet, key: `${this.sheet} ${cell.assessment}.${cell.pupil}` };
    this.#memory.set(kept.key, kept);
    const store = await this.#store("readwrite");
    if (store) await done(store.put(kept));
  }

  // Forget a cell, unless something newer has been typed since it was sent.
  async drop(cell) {
    const key = `${this.sheet} ${cell.assessment}.${cell.pupil}`;
    if (this.#memory.get(key)?.typed !== cell.typed) return;
    this.#memory.delete(key);
    const store = await this.#store("readwrite");
    if (store) await done(store.delete(key));
  }

  async all() {
    const store = await this.#store("readonly");
    const kept = store ? await done(store.getAll()) : [...this.#memory.values()];
    const mine = kept.filter((cell) => cell.sheet === this.sheet);
    for (const cell of mine) if (!this.#memory.has(cell.key)) this.#memory.set(cell.key, cell);
    return [...this.#memory.values()];
  }

  get size() {
    return this.#memory.size;
  }

  async #store(mode) {
    const database = await this.database;
    return database?.transaction("waiting", mode).objectStore("waiting");
  }
}
