// Sending entries of the queue: one as a form, several as cells, and reading what became of each.

const PATIENCE = 60_000;

// Why nothing can be sent now: cut (no line), broken (the server fails), nobody or somebody else has signed in.
export class Trouble extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

const reach = (address, how) =>
  fetch(address, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE), ...how }).catch(() => {
    throw new Trouble("cut");
  });

const isData = (answer) => answer.headers.get("Content-Type")?.startsWith("application/json");

const dataOf = (answer) =>
  answer.json().catch(() => {
    throw new Trouble("cut"); // Half an answer.
  });

// Ask in whose name this browser would send, and the token against forgery of that session.
export const askSender = async (address) => {
  const answer = await reach(address, {});
  if (answer.status >= 500 || answer.status === 429) throw new Trouble("broken");
  if (!answer.ok || !isData(answer)) throw new Trouble("cut"); // A portal of the network, not the school.
  return dataOf(answer);
};

// A text says which version it was typed on, and may be sent again; any other form carries a token of its own.
const asForm = ({ fields, id }) => new URLSearchParams("version" in fields ? fields : { ...fields, once: id });

const asCells = (entries) => JSON.stringify({ cells: entries.map((entry) => entry.fields) });

// Send entries that go together; return what became of each, or nothing when the session is not the one we knew.
export const sendEntries = async (entries, sender, words) => {
  const [first] = entries;
  const areCells = Array.isArray(first.fields);
  const headers = { "Preau-Queue": first.owner, "X-CSRFToken": sender.token };
  if (areCells) headers["Content-Type"] = "application/json";
  const body = areCells ? asCells(entries) : asForm(first);
  const answer = await reach(first.address, { method: "POST", headers, body, redirect: "manual" });
  if (answer.type === "opaqueredirect" || [401, 403, 409].includes(answer.status)) return null;
  if (answer.status >= 500 || answer.status === 429) throw new Trouble("broken");
  const all = (said) => entries.map(() => said);
  if ([404, 405, 410].includes(answer.status)) return all({ state: "refused", words: words.gone });
  if (isData(answer)) {
    const data = await dataOf(answer);
    return data.cells ?? all(data);
  }
  if (answer.ok) throw new Trouble("cut"); // A portal of the network answers for the school.
  return all({ state: "refused", words: words.unread });
};
