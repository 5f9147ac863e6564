// An agency is found by typing: a combobox as the ARIA practices describe it. What is typed is looked up on the server,
// a few rows at a time, so that it works for hundreds of thousands of agencies and no list is sent to the browser.

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".gk-picker");
  const state = (root.state ??= begin(root));
  state.data = data;
  state.choose = (ids) => setTriggerValue("chosen", ids.join(","));
  state.label.textContent = data.label;
  state.input.placeholder = data.placeholder;
  showChosen(state);
}

function begin(root) {
  const id = "picker-" + Math.random().toString(36).slice(2);
  const state = { rows: [], active: -1, waiting: 0 };
  state.label = make("label", { htmlFor: id });
  state.input = make("input", { id, type: "text", autocomplete: "off", spellcheck: false });
  set(state.input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id + "-list" });
  state.list = make("ul", { id: id + "-list", hidden: true });
  set(state.list, { role: "listbox" });
  state.told = make("p", { className: "picker-told", hidden: true });
  set(state.told, { role: "status" });
  state.chips = make("ul", { className: "picker-chips", hidden: true });
  state.box = make("div", { className: "picker-box" });
  state.box.append(state.input, state.list, state.told);
  root.append(state.label, state.box, state.chips);
  state.input.oninput = () => {
    clearTimeout(state.waiting);
    state.waiting = setTimeout(() => search(state), 120);
  };
  state.input.onfocus = () => state.input.select();
  state.input.onclick = () => state.list.hidden && search(state, "");
  state.input.onkeydown = (event) => key(state, event);
  state.input.onblur = () => { close(state); showName(state); };
  state.list.onpointerdown = (event) => event.preventDefault(); // the field keeps the focus
  state.list.onclick = (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(state, [...state.list.children].indexOf(option));
  };
  state.chips.onclick = (event) => {
    const button = event.target.closest("button");
    if (button) state.choose(state.data.chosen.map((one) => one.id).filter((one) => one !== button.value));
  };
  return state;
}

async function search(state, typed = state.input.value.trim()) {
  state.asking?.abort();
  state.asking = new AbortController();
  const { address, build, is_sample } = state.data;
  const asked = { search: typed, is_sample: is_sample ?? null };
  const query = new URLSearchParams({ build, with: JSON.stringify(asked) });
  try {
    const answer = await fetch(`${address}?${query}`, { signal: state.asking.signal });
    state.rows = answer.ok ? await answer.json() : [];
  } catch (fault) {
    if (fault.name === "AbortError") return;
    state.rows = [];
  }
  const english = state.data.language === "en";
  state.rows = state.rows.map((row) => ({
    id: row.agency_id, name: (english && row.agency_name_en) || row.agency_name_zh, place: row.place_zh,
  }));
  state.list.replaceChildren(...state.rows.map((row, at) => {
    const option = make("li", { id: `${state.list.id}-${at}` });
    set(option, { role: "option", "aria-selected": "false" });
    option.append(make("span", { textContent: row.name }), make("small", { textContent: `${row.place} ${row.id}`.trim() }));
    return option;
  }));
  const full = state.rows.length >= state.data.most;
  state.told.textContent = state.rows.length ? (full ? state.data.words.more : "") : state.data.words.none;
  state.told.hidden = !state.told.textContent;
  state.list.hidden = !state.rows.length;
  state.input.setAttribute("aria-expanded", String(!state.list.hidden));
  activate(state, typed && state.rows.length ? 0 : -1);
}

function activate(state, at) {
  state.list.children[state.active]?.setAttribute("aria-selected", "false");
  state.active = at;
  const option = state.list.children[at];
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) state.input.setAttribute("aria-activedescendant", option.id);
  else state.input.removeAttribute("aria-activedescendant");
}

function key(state, event) {
  const last = state.rows.length - 1;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (state.list.hidden) search(state, "");
    else if (event.key === "ArrowDown") activate(state, state.active >= last ? 0 : state.active + 1);
    else activate(state, state.active <= 0 ? last : state.active - 1);
  } else if (event.key === "Enter" && !state.list.hidden && state.active >= 0) {
    event.preventDefault();
    choose(state, state.active);
  } else if (event.key === "Escape") {
    close(state);
    showName(state);
  }
}

function choose(state, at) {
  const row = state.rows[at];
  const { chosen, several } = state.data;
  const ids = several ? [...new Set([...chosen.map((one) => one.id), row.id])].slice(-several) : [row.id];
  state.data = { ...state.data, chosen: several ? [...chosen, row] : [row] };
  close(state);
  showChosen(state);
  state.choose(ids);
}

function close(state) {
  clearTimeout(state.waiting);
  state.asking?.abort();
  state.list.hidden = state.told.hidden = true;
  state.input.setAttribute("aria-expanded", "false");
  activate(state, -1);
}

// One agency stands in the field itself; several stand below it, each with a button to take it out.
function showChosen(state) {
  const { chosen, several, words } = state.data;
  if (document.activeElement !== state.input || state.list.hidden) showName(state);
  state.chips.hidden = !several || !chosen.length;
  if (!several) return;
  state.chips.replaceChildren(...chosen.map((one) => {
    const button = make("button", { type: "button", value: one.id });
    button.setAttribute("aria-label", `${words.remove} ${one.name}`);
    button.append(make("span", { textContent: one.name }), make("span", { textContent: "×" }));
    const item = make("li", {});
    item.append(button);
    return item;
  }));
}

function showName(state) {
  state.input.value = state.data.several ? "" : (state.data.chosen[0]?.name ?? "");
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
