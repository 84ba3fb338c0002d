// The presenting mode: one slide at a time over the whole window, walked with arrow keys, a presenter's
// PageUp and PageDown, a finger or the buttons. A modal dialog, so that nothing behind it can be reached.
// `data`: id, title, language, slides [html], mark, code, leave (address), words {previous, next, full, leave, of}.

const states = new WeakMap();
const SWIPE = 40; // Pixels a finger must travel sideways.
const SMALLEST = 0.45; // A slide that does not fit is set smaller, never smaller than this share.

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".deck-root");
  const known = states.get(root);
  if (known && known.id === data.id) return;
  if (known) known.dialog.remove();
  const state = { id: data.id, at: 0, data, from: null };
  states.set(root, state);
  build(state, root);
  state.dialog.showModal();
  show(state, 0);
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function build(state, root) {
  const { data } = state;
  const button = (sign, label, act, kind) => {
    const made = element("button", { type: "button", class: kind, "aria-label": label, title: label }, sign);
    made.addEventListener("click", act);
    return made;
  };
  state.stage = element("div", { class: "deck-stage", tabindex: "-1" });
  state.place = element("span", { class: "deck-place", role: "status" });
  state.back = button("‹", data.words.previous, () => show(state, state.at - 1), "deck-back");
  state.on = button("›", data.words.next, () => show(state, state.at + 1), "deck-on");
  const foot = element(
    "div",
    { class: "deck-foot" },
    element("span", { class: "deck-mark" }, data.mark),
    element("span", { class: "deck-code" }, data.code),
    state.place,
    state.back,
    state.on,
    button(corners(), data.words.full, () => full(state), "deck-full"),
    button("✕", data.words.leave, () => leave(state), "deck-leave"),
  );
  state.inner = element("div", { class: "deck-inner" }, state.stage, foot);
  state.dialog = element("dialog", { class: "deck", "aria-label": data.title, lang: data.language }, state.inner);
  root.replaceChildren(state.dialog);
  state.dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave(state);
  });
  state.dialog.addEventListener("keydown", (event) => pressed(state, event));
  state.stage.addEventListener("pointerdown", (event) => (state.from = event.clientX));
  state.stage.addEventListener("pointerup", (event) => swiped(state, event.clientX));
  state.stage.addEventListener("pointercancel", () => (state.from = null));
  new ResizeObserver(() => fit(state)).observe(state.inner);
}

function corners() {
  const holder = document.createElement("template");
  holder.innerHTML = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4"/></svg>';
  return holder.content;
}

const FORWARD = new Set(["ArrowRight", "ArrowDown", "PageDown", " "]);
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp", "Backspace"]);

function pressed(state, event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  event.stopPropagation(); // Streamlit has keys of its own.
  const last = state.data.slides.length - 1;
  const onButton = event.key === " " && event.target.tagName === "BUTTON";
  let to = null;
  if (FORWARD.has(event.key) && !onButton) to = state.at + 1;
  else if (BACK.has(event.key)) to = state.at - 1;
  else if (event.key === "Home") to = 0;
  else if (event.key === "End") to = last;
  else if (event.key === "f" || event.key === "F") full(state);
  if (to === null) return;
  event.preventDefault();
  show(state, to);
}

function swiped(state, x) {
  if (state.from === null) return;
  const gone = x - state.from;
  state.from = null;
  if (Math.abs(gone) >= SWIPE) show(state, state.at + (gone < 0 ? 1 : -1));
}

function show(state, wanted) {
  const { slides, words } = state.data;
  const at = Math.min(Math.max(wanted, 0), slides.length - 1);
  if (at === state.at && state.stage.firstChild) return;
  state.at = at;
  const slide = element("div", { class: "deck-slide" });
  slide.innerHTML = slides[at]; // Finished on the server, every word escaped.
  state.stage.replaceChildren(slide);
  state.place.textContent = `${at + 1} ${words.of} ${slides.length}`;
  state.back.disabled = at === 0;
  state.on.disabled = at === slides.length - 1;
  fit(state);
  const heading = slide.querySelector("h2");
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true }); // A screen reader begins at the new slide.
}

function fit(state) {
  const slide = state.stage.firstChild;
  if (!slide) return;
  for (let share = 1; share >= SMALLEST; share -= 0.05) {
    slide.style.fontSize = `${share}em`;
    if (slide.scrollHeight <= slide.clientHeight && slide.scrollWidth <= slide.clientWidth) return;
  }
}

function full(state) {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (state.inner.requestFullscreen) state.inner.requestFullscreen().catch(() => {});
}

function leave(state) {
  state.dialog.close();
  location.assign(state.data.leave);
}
