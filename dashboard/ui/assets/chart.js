// The chart element: shows the server's SVG at once and brings it alive with Plotly on the first sign that
// somebody wants to look closer (pointer, touch or focus). Without Plotly the SVG stays, and the arrow keys
// still read the values. Streamlit calls the default export again whenever the data or the theme changes.

const states = new WeakMap();
let plotly = null;
let prefetched = false;

const widths = new WeakMap();
const sizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    widths.set(target, contentRect.width);
    const state = states.get(target);
    if (state && draw(state) && state.live) redraw(state);
  }
});

export default function ({ data, parentElement }) {
  // First what is read, then what is written: a style that is asked for in between is worked out each time.
  const theme = dark(parentElement) ? "dark" : "light";
  const root = parentElement.querySelector(".chart-root");
  let state = states.get(root);
  const other = !state || state.theme !== theme;
  if (!state || state.id !== data.id) {
    if (state) close(state);
    state = { id: data.id, data, root, theme, live: null, at: null, wanted: false };
    if (!widths.has(root)) {
      widths.set(root, root.clientWidth);
      sizes.observe(root);
    }
    states.set(root, state);
    root.innerHTML = data.markup;
    if (data.still) draw(state);
    if (data.figure) prepare(state);
    colour(state);
  } else if (other) {
    state.theme = theme;
    colour(state);
    if (state.live) redraw(state);
  }
  return () => close(states.get(root));
}

// The picture for the width there is, and only that one: true when it changed.
function draw(state) {
  const { still } = state.data;
  if (!still) return false;
  const width = widths.get(state.root);
  const kind = width && width < 560 ? "narrow" : "wide";
  if (state.kind === kind) return false;
  state.kind = kind;
  state.root.querySelector(".chart-still").innerHTML = `<div class="chart-${kind}">${still[kind]}</div>`;
  colour(state);
  return true;
}

function colour(state) {
  for (const svg of state.root.querySelectorAll("svg.chart")) svg.dataset.theme = state.theme;
}

function close(state) {
  if (!state) return;
  state.closed = true;
  if (state.live) window.Plotly.purge(state.live);
  states.delete(state.root);
}

// Streamlit gives its colours as CSS variables; which of the two themes they are is told by their lightness.
// All charts of a page are drawn in one go: one of them asks for all.
let isDark = null;

function dark(parent) {
  if (isDark !== null) return isDark;
  const element = parent.host || parent;
  const probe = document.createElement("i");
  probe.style.color = getComputedStyle(element).getPropertyValue("--st-background-color") || "white";
  element.appendChild(probe);
  const [r, g, b] = (getComputedStyle(probe).color.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
  probe.remove();
  isDark = 0.299 * r + 0.587 * g + 0.114 * b < 128;
  setTimeout(() => (isDark = null));
  return isDark;
}

function prepare(state) {
  const figure = state.root.querySelector("figure");
  const want = () => awaken(state);
  for (const sign of ["pointerenter", "touchstart", "focusin"]) {
    figure.addEventListener(sign, want, { once: true, passive: true });
  }
  figure.addEventListener("keydown", (event) => walk(state, event));
  const saving = navigator.connection && navigator.connection.saveData;
  if (!prefetched && !saving) {
    prefetched = true;
    const idle = window.requestIdleCallback || ((f) => setTimeout(f, 2000));
    idle(() => {
      const link = document.createElement("link");
      Object.assign(link, { rel: "prefetch", as: "script", href: address(state) });
      document.head.appendChild(link);
    });
  }
}

function address(state) {
  return new URL(state.data.script.address, import.meta.url).href;
}

function load(state) {
  plotly = plotly || new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address(state);
    script.integrity = state.data.script.integrity;
    script.onload = () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("no Plotly")));
    script.onerror = () => {
      plotly = null; // The next chart may try again.
      reject(new Error(`cannot load ${script.src}`));
    };
    document.head.appendChild(script);
  });
  return plotly;
}

async function awaken(state) {
  if (state.wanted) return;
  state.wanted = true;
  const live = state.root.querySelector(".chart-live");
  try {
    const library = await load(state);
    if (state.closed) return;
    const { data, layout, configuration } = painted(state);
    live.hidden = false;
    await library.newPlot(live, data, layout, configuration);
    if (state.closed) return library.purge(live);
    state.live = live;
    for (const svg of live.querySelectorAll("svg.main-svg")) svg.setAttribute("aria-hidden", "true");
    live.on("plotly_relayout", (change) => ticks(state, change));
    state.root.querySelector("figure").dataset.alive = "yes";
    if (state.at) point(state);
  } catch (error) {
    live.hidden = true;
    state.root.querySelector(".chart-failed").hidden = false;
  }
}

function redraw(state) {
  const { data, layout, configuration } = painted(state);
  window.Plotly.react(state.live, data, layout, configuration);
}

// The figure in the colours of the theme, with the layout that fits the width.
function painted(state) {
  const { figure, recolour } = state.data;
  const text = JSON.stringify({ ...figure, narrow: state.data.narrow, configuration: state.data.configuration });
  const { narrow, ...copy } = JSON.parse(
    state.theme === "dark" ? text.replace(/#[0-9a-f]{6}/g, (colour) => recolour[colour] || colour) : text,
  );
  const { layout } = copy;
  layout.font.family = layout.hoverlabel.font.family = getComputedStyle(state.root).fontFamily;
  layout.autosize = true;
  const picture = state.root.querySelector(".chart-still svg");
  if (state.kind === "narrow") {
    layout.margin = narrow.margin;
    Object.assign(layout.xaxis, narrow.xaxis);
    layout.annotations = layout.annotations.filter((one) => !["end", "baseline"].includes(one.name));
    layout.dragmode = false; // A finger that scrolls the page must not zoom.
    copy.configuration = { ...copy.configuration, displayModeBar: false };
  }
  // The still picture is scaled to its box, the live one is not: its margins follow.
  const scale = picture.clientWidth / picture.viewBox.baseVal.width;
  for (const side of ["l", "r", "t", "b"]) layout.margin[side] *= scale;
  return copy;
}

// The spec's own ticks for the whole chart, Plotly's for a part of it.
function ticks(state, change) {
  if ("xaxis.tickmode" in change) return;
  const zoomed = "xaxis.range[0]" in change;
  const whole = "xaxis.autorange" in change || "xaxis.showspikes" in change;
  if (zoomed) {
    const [from, to] = state.data.figure.layout.xaxis.range.map(String);
    const same = String(change["xaxis.range[0]"]).startsWith(from) && String(change["xaxis.range[1]"]).startsWith(to);
    window.Plotly.relayout(state.live, { "xaxis.tickmode": same ? "array" : "auto" });
  } else if (whole) {
    window.Plotly.relayout(state.live, { "xaxis.tickmode": "array", "xaxis.range": state.data.figure.layout.xaxis.range });
  }
}

// Arrow keys: left and right along a series, up and down between them. Each value is read aloud.
function walk(state, event) {
  const series = [];
  state.data.figure.data.forEach((trace, curve) => {
    if (trace.hovertext) series.push({ curve, labels: trace.hovertext });
  });
  const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  if (!step || !series.length || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const clamp = (n, count) => Math.max(0, Math.min(count - 1, n));
  const [s, p] = state.at || [0, step[1] < 0 ? Infinity : -1];
  const row = clamp(s + (state.at ? step[0] : 0), series.length);
  state.at = [row, clamp(p + (step[1] || (state.at ? 0 : 1)), series[row].labels.length)];
  const text = document.createElement("textarea");
  text.innerHTML = series[row].labels[state.at[1]].replace(/<br>/g, ": ").replace(/<[^>]*>/g, "");
  state.root.querySelector(".chart-said").textContent = text.value;
  state.curve = series[row].curve;
  if (state.live) point(state);
}

function point(state) {
  window.Plotly.Fx.hover(state.live, [{ curveNumber: state.curve, pointNumber: state.at[1] }]);
}
