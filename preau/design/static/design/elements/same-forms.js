// A page that one comes back to has the forms that were sent from it: Back and send again is sending twice, which does
// it once (`kit.sendings`). The browser asks the server for the page anew, and gets forms with new tokens; those that
// the page had are kept with its place in the history.

const TOKENS = 'input[name="once"]';

const tokens = [...document.querySelectorAll(TOKENS)];
const placed = tokens.map(({ form }) => form?.getAttribute("action") ?? "");
const had = history.state?.tokens ?? [];

tokens.forEach((token, at) => {
  if (had[at]?.action === placed[at]) token.value = had[at].value;
});

if (tokens.length) {
  const kept = tokens.map(({ value }, at) => ({ action: placed[at], value }));
  history.replaceState({ ...history.state, tokens: kept }, "");
}
