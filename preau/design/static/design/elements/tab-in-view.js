// Tabs that are wider than the screen show the present one first: in June a phone shows June, not September. Browsers
// that know `scroll-initial-target` (components.css) do it by themselves; this does it for the others.

for (const strip of document.querySelectorAll(".tabs")) {
  const here = strip.querySelector('[aria-current="page"]');
  if (!here || strip.scrollWidth <= strip.clientWidth) continue;
  const { left, width } = here.getBoundingClientRect();
  const from = left - strip.getBoundingClientRect().left + strip.scrollLeft;
  strip.scrollLeft = from - (strip.clientWidth - width) / 2;
}
