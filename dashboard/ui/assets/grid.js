// The grid of many figures. What a person typed lives here, in `state.edits`, and is sent whole each time; an
// answer of the server changes marks, messages and untouched fields, and never a field that was touched.
// `data`: id, label, corner, heads [{key, text, name?, label}], rows [{key, text, unit, source, cells [{name, label,
// stands, closed}]}], edits {name: text}, marks {name: {kind, word, texts}}, words {pasted, beyond}.

const states = new WeakMap();
const PAUSE = 500; // Milliseconds without a key before half a number is kept as well.

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".grid-root");
  let state = states.get(root);
  if (!state || state.id !== data.id) {
    if (state) clearTimeout(state.timer);
    state = { id: data.id, root, edits: { ...data.edits }, fields: new Map(), sent: JSON.stringify(data.edits) };
    states.set(root, state);
    build(state, data);
  }
  state.data = data;
  state.send = setStateValue;
  refresh(state);
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function build(state, data) {
  state.root.replaceChildren();
  state.lines = []; // The fields of each line, by column; the first line are the headings.
  const head = element("tr", {}, element("th", { scope: "col", class: "grid-name" }, data.corner));
  state.lines.push(
    data.heads.map((one) => {
      const th = element("th", { scope: "col" });
      const input = one.name ? field(state, one.name, one.label, "", false) : null;
      th.append(input ? box(state, one.name, input) : one.text);
      if (one.hint) input.placeholder = one.hint;
      head.append(th);
      return input;
    }),
  );
  const body = element("tbody");
  body.append(says("head", data.heads.length + 1));
  for (const row of data.rows) {
    const name = element("th", { scope: "row", class: "grid-name" }, row.text);
    if (row.unit) name.append(element("span", { class: "grid-unit" }, row.unit));
    if (row.source) name.append(element("span", { class: "grid-unit grid-source" }, row.source));
    const line = element("tr", {}, name);
    state.lines.push(
      row.cells.map((cell) => {
        const input = field(state, cell.name, cell.label, cell.stands, cell.closed);
        line.append(element("td", {}, box(state, cell.name, input)));
        return input;
      }),
    );
    body.append(line, says(row.key, data.heads.length + 1));
  }
  const newest = [...head.children].filter((th) => !th.querySelector("input")).pop();
  const table = element("table", { "aria-label": data.label }, element("thead", {}, head), body);
  const said = element("p", { class: "grid-said", "aria-live": "polite" });
  const scroll = element("div", { class: "grid-scroll" }, table);
  state.root.append(scroll, said);
  state.said = said;
  scroll.scrollLeft = newest.offsetLeft + newest.offsetWidth - scroll.clientWidth; // The newest period is in sight.
}

function says(key, span) {
  return element("tr", { class: "grid-says", "data-row": key, hidden: "" }, element("td", { colspan: span }));
}

function box(state, name, input) {
  return element("div", { class: "grid-box", "data-for": name }, input, element("span", { class: "grid-mark" }));
}

function field(state, name, label, stands, closed) {
  const input = element("input", { type: "text", "aria-label": label, autocomplete: "off", spellcheck: "false" });
  input.dataset.stands = stands;
  input.readOnly = closed;
  input.value = state.edits[name] ?? stands;
  state.fields.set(name, input);
  input.addEventListener("input", () => {
    note(state, name, input);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => send(state), PAUSE);
  });
  input.addEventListener("change", () => send(state));
  input.addEventListener("focus", () => { input.dataset.before = input.value; input.select(); });
  input.addEventListener("keydown", (event) => walk(state, name, input, event));
  input.addEventListener("paste", (event) => paste(state, input, event));
  return input;
}

function note(state, name, input) {
  if (input.value === input.dataset.stands) delete state.edits[name];
  else state.edits[name] = input.value;
}

function send(state) {
  clearTimeout(state.timer);
  const text = JSON.stringify(state.edits);
  if (text === state.sent) return;
  state.sent = text;
  state.send("edits", { ...state.edits });
}

function place(state, input) {
  for (let line = 0; line < state.lines.length; line++) {
    const column = state.lines[line].indexOf(input);
    if (column >= 0) return [line, column];
  }
  return [0, 0];
}

// Arrow keys, Enter and Escape as in a spreadsheet; left and right leave a field only from its ends.
function walk(state, name, input, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  const step = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    Enter: [event.shiftKey ? -1 : 1, 0],
    ArrowLeft: whole || input.selectionEnd === 0 ? [0, -1] : null,
    ArrowRight: whole || input.selectionStart === input.value.length ? [0, 1] : null,
  }[event.key];
  if (event.key === "Escape" && input.dataset.before !== undefined) {
    input.value = input.dataset.before;
    note(state, name, input);
    send(state);
  }
  if (!step || (event.shiftKey && event.key !== "Enter")) return;
  event.preventDefault();
  let [line, column] = place(state, input);
  do {
    line += step[0];
    column += step[1];
    const next = state.lines[line] && state.lines[line][column];
    if (next) return next.focus();
  } while (state.lines[line] && column >= 0 && column < state.lines[line].length);
  if (event.key === "Enter") send(state);
}

// A block from a spreadsheet: tabs between cells, line breaks between rows, quotation marks round what holds
// either. A single text is left to the browser.
function paste(state, input, event) {
  const text = event.clipboardData.getData("text/plain");
  if (!/[\t\r\n]/.test(text)) return;
  event.preventDefault();
  const [top, left] = place(state, input);
  let filled = 0;
  let beyond = 0;
  block(text).forEach((cells, down) => cells.forEach((cell, right) => {
    const target = state.lines[top + down] && state.lines[top + down][left + right];
    const value = cell.replace(/\s+/g, " ").trim(); // Hard spaces and line breaks, too.
    if (!target || target.readOnly) return void (beyond += value !== "");
    target.value = value;
    const name = target.parentElement.dataset.for;
    note(state, name, target);
    filled += 1;
  }));
  send(state);
  const { words } = state.data;
  const parts = [words.pasted.replace("{count}", filled)];
  if (beyond) parts.push(words.beyond.replace("{count}", beyond));
  state.said.textContent = parts.join(" ");
}

function block(text) {
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y;
  while (cell.lastIndex < text.length) {
    const [, quoted, plain, end] = cell.exec(text) || [null, null, text.slice(cell.lastIndex), ""];
    rows[rows.length - 1].push(quoted === undefined || quoted === null ? plain : quoted.replace(/""/g, '"'));
    if (end === "") break;
    if (end !== "\t" && cell.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

function refresh(state) {
  const { data, fields, edits, root } = state;
  const texts = {};
  for (const row of data.rows) {
    for (const cell of row.cells) {
      const input = fields.get(cell.name);
      input.readOnly = cell.closed;
      input.setAttribute("aria-label", cell.label);
      if (input.dataset.stands !== cell.stands) {
        input.dataset.stands = cell.stands;
        if (!(cell.name in edits) && document.activeElement !== input) input.value = cell.stands;
      }
      (data.marks[cell.name]?.texts || []).forEach((text) => (texts[row.key] ||= []).push([cell.name, text]));
    }
  }
  for (const one of data.heads) {
    (data.marks[one.name]?.texts || []).forEach((text) => (texts.head ||= []).push([one.name, text]));
  }
  for (const [name, input] of fields) {
    const mark = data.marks[name];
    const around = input.parentElement;
    around.dataset.kind = mark ? mark.kind : "";
    around.querySelector(".grid-mark").textContent = mark ? mark.word : "";
    if (mark?.kind === "error") input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    input.title = input.value.length > 10 ? input.value : ""; // What does not fit can still be read.
    const id = `${state.id}-${name}`;
    if (mark && mark.texts.length) input.setAttribute("aria-describedby", id);
    else input.removeAttribute("aria-describedby");
  }
  for (const line of root.querySelectorAll(".grid-says")) {
    const found = texts[line.dataset.row] || [];
    line.hidden = !found.length;
    const list = element("ul");
    const seen = new Set();
    for (const [name, text] of found) {
      const item = element("li", { "data-kind": data.marks[name].kind }, text);
      if (!seen.has(name)) item.id = `${state.id}-${name}`;
      seen.add(name);
      list.append(item);
    }
    line.firstElementChild.replaceChildren(...(found.length ? [list] : []));
  }
}
