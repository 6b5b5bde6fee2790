// What waits in this browser, each thing under the account that typed it (IndexedDB). Of what other accounts typed
// nothing is ever read, only whether there is something.

const NAME = "preau-queue";

const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore("waiting", { keyPath: "id" }).createIndex("owner", "owner");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const written = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });

export class OfflineStore {
  constructor(owner) {
    this.owner = owner;
    this.database = open();
    this.database.catch(() => {}); // Told by what is asked of it next.
  }

  async all() {
    const index = (await this.#transaction("readonly")).objectStore("waiting").index("owner");
    return answered(index.getAll(this.owner));
  }

  // Keep some entries and forget others, all or nothing. Raises where the browser is full or keeps nothing.
  async change(kept, forgotten = []) {
    const transaction = await this.#transaction("readwrite");
    const store = transaction.objectStore("waiting");
    for (const id of forgotten) store.delete(id);
    for (const entry of kept) store.put(entry);
    return written(transaction);
  }

  async holdsOthers() {
    const store = (await this.#transaction("readonly")).objectStore("waiting");
    const [all, mine] = [store.count(), store.index("owner").count(this.owner)].map(answered);
    return (await all) > (await mine);
  }

  async #transaction(mode) {
    return (await this.database).transaction("waiting", mode);
  }
}
