// Shows markup made (and escaped) by markup.py and reports what the reader chose in it.
// Only parts that changed are replaced, so scroll position and keyboard focus survive a rerun.

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".gk");
  document.documentElement.lang = data.language;

  const hasSide = data.side !== null && data.side !== undefined;
  root.classList.toggle("gk-split", hasSide);
  show(part(root, "gk-main", "div"), data.main);
  if (hasSide) {
    const side = part(root, "gk-side", "aside");
    side.setAttribute("aria-label", data.label ?? "");
    side.setAttribute("aria-live", "polite");
    show(side, data.side);
  }
  nameShell(root.querySelector("button[data-print]")?.dataset);
  select(root, data.selected);
  if (!root.met) {
    root.met = true;
    root.querySelector("button[aria-pressed=true]")?.scrollIntoView({ block: "center" });
  }

  const entry = root.querySelector("[aria-current=true]");
  if (entry && entry.id !== root.entry) {
    entry.scrollIntoView({ block: "start" });
  }
  root.entry = entry?.id;

  root.onclick = (event) => {
    if (event.target.closest("button[data-print]")) {
      window.print();
      return;
    }
    const link = event.target.closest("a[data-page]");
    if (link && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      // As going back does it: Streamlit reads page and filters from the address. (Its own way to switch pages leaves an
      // entry in the history that mixes both pages, so that going back leads nowhere.)
      event.preventDefault();
      history.pushState(null, "", link.href);
      dispatchEvent(new PopStateEvent("popstate"));
      if (link.classList.contains("sort")) return; // the same page in another order: see show
      // The link goes with its page: who came by the keyboard, or hears the page, begins at the top of the next one.
      root.closest("[data-testid=stMain]")?.focus({ preventScroll: true });
      return;
    }
    const cell = event.target.closest("button[data-cell]");
    if (cell) {
      select(root, cell.dataset.cell);
      setTriggerValue("cell", cell.dataset.cell);
    }
  };
  root.onkeydown = (event) => moveBetweenCells(root, event);
}

// What Streamlit puts around the pages speaks English to screen readers; here it has the page's language.
function nameShell(words) {
  if (!words) return;
  const of = (name) => document.querySelector(`[data-testid=${name}]`);
  const skip = of("stSkipToContent");
  if (skip) skip.textContent = words.skip;
  of("stLogoLink")?.setAttribute("aria-label", words.home);
  of("stTopNav")?.setAttribute("aria-label", words.pages);
  of("stMainMenuButton")?.setAttribute("aria-label", words.menu);
}

function part(root, className, tag) {
  let element = root.querySelector(":scope > ." + className);
  if (!element) {
    element = document.createElement(tag);
    element.className = className;
    root.append(element);
  }
  return element;
}

function show(element, markup) {
  if (element.shown !== markup) {
    // A list sorted anew has new heads: the keyboard stays on the one it was sorted by.
    const sorted = [...element.querySelectorAll("a.sort")].indexOf(document.activeElement);
    element.innerHTML = markup;
    element.shown = markup;
    element.querySelectorAll("a.sort")[sorted]?.focus({ preventScroll: true });
  }
}

// One chosen cell at most; and one tab stop per table: the chosen cell or the first.
function select(root, id) {
  for (const old of root.querySelectorAll("button[data-cell][aria-pressed=true]")) {
    old.setAttribute("aria-pressed", "false");
  }
  for (const table of root.querySelectorAll("table[data-form]")) {
    const cells = [...table.querySelectorAll("button[data-cell]")];
    const chosen = cells.find((cell) => cell.dataset.cell === id);
    chosen?.setAttribute("aria-pressed", "true");
    cells.forEach((cell) => { cell.tabIndex = -1; });
    const stop = chosen ?? cells[0];
    if (stop) stop.tabIndex = 0;
  }
}

// Arrow keys walk over a form as it looks on screen, spanning cells included.
function moveBetweenCells(root, event) {
  const from = event.target.closest("table[data-form] button[data-cell]");
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!from || !way) return;
  const here = from.closest("td, th").getBoundingClientRect();
  let best = null;
  let bestDistance = Infinity;
  for (const candidate of from.closest("table").querySelectorAll("button[data-cell]")) {
    const there = candidate.closest("td, th").getBoundingClientRect();
    const dx = (there.left + there.right - here.left - here.right) / 2;
    const dy = (there.top + there.bottom - here.top - here.bottom) / 2;
    const along = way[0] * dx + way[1] * dy;
    const across = Math.abs(way[0] ? dy : dx);
    if (candidate === from || along <= 1) continue;
    const distance = along + across * 50;
    if (distance < bestDistance) { best = candidate; bestDistance = distance; }
  }
  if (best) {
    event.preventDefault();
    from.tabIndex = -1;
    best.tabIndex = 0;
    best.focus();
  }
}
