// Links between pages, and the choice of a day, without loading the application anew. The address changes
// and Streamlit is told as by the browser's own back button. Without this script the same links and the
// same form work as on any web page; a link with a language (hreflang) always does, since the document
// itself then changes its language.
(() => {
  const go = to => {
    if (to.pathname !== location.pathname) enter();
    if (to.href !== location.href) history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    shut(null);
  };
  // The title of the page that one has gone to takes the focus that its link has lost: a screen reader says
  // where one is, and the Tab key goes on from there.
  let coming;
  const enter = () => {
    const left = document.querySelector("h1");
    const words = left?.textContent;
    coming?.disconnect();
    coming = new MutationObserver(() => {
      const title = document.querySelector("h1");
      if (!title || (title === left && title.textContent === words)) return;
      coming.disconnect();
      if (document.activeElement !== document.body) return;
      title.tabIndex = -1;
      title.focus({preventScroll: true});
    });
    coming.observe(document.getElementById("root"), {subtree: true, childList: true, characterData: true});
  };
  // The groups of the menu: none stays open over what one has turned to.
  const shut = kept => {
    for (const group of document.querySelectorAll(".frame nav details[open]")) group.open = group.contains(kept);
  };
  for (const turned of ["pointerdown", "focusin"]) document.addEventListener(turned, event => shut(event.target));
  document.addEventListener("keydown", event => {
    const group = event.key === "Escape" && event.target.closest?.(".frame nav details[open]");
    if (!group) return;
    group.open = false;
    group.querySelector("summary").focus();
  });
  document.addEventListener("click", event => {
    const link = event.target.closest?.('[data-testid="stHtml"] a[href]');
    if (!link || link.target || link.hreflang || link.hasAttribute("download")) return;
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin) return;
    const same = to.pathname === location.pathname && to.search === location.search;
    if (to.hash && same) return;
    event.preventDefault();
    go(to);
  });
  document.addEventListener("submit", event => {
    const form = event.target.closest?.('[data-testid="stHtml"] form[method="get"]');
    if (!form) return;
    event.preventDefault();
    const to = new URL(form.action);
    to.search = new URLSearchParams(new FormData(form)).toString();
    go(to);
  });
  // Streamlit calls parts of its fields by English names, whatever the language: a screen reader says ours.
  const words = JSON.parse(document.documentElement.dataset.words ?? "{}");
  const begins = Object.keys(words).filter(one => one.endsWith(" "));
  const english = Object.keys(words).map(one => `[aria-label${one.endsWith(" ") ? "^" : ""}="${one}"]`).join();
  const speak = () => {
    for (const part of document.querySelectorAll(english)) {
      const said = part.getAttribute("aria-label");
      const begin = begins.find(one => said.startsWith(one));
      part.setAttribute("aria-label", begin ? `${words[begin]} ${said.slice(begin.length)}` : words[said]);
    }
  };
  // Once things are calm: looking through the whole page at every change would make each of them later.
  let calm;
  const later = () => { clearTimeout(calm); calm = setTimeout(speak, 200); };
  if (english) new MutationObserver(later).observe(
    document.documentElement, {subtree: true, childList: true, attributeFilter: ["aria-label"]});
  // A table whose headings are buttons: sorted by the plain values of its cells, upwards first.
  const compare = (a, b) => {
    const [one, other] = [Number(a), Number(b)];
    return Number.isNaN(one) || Number.isNaN(other) ? a.localeCompare(b, document.documentElement.lang) : one - other;
  };
  document.addEventListener("click", event => {
    const head = event.target.closest?.("table.sortable th button")?.parentElement;
    if (!head) return;
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const one of head.parentElement.children) one.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const body = head.closest("table").tBodies[0];
    const key = row => row.cells[head.cellIndex].dataset.key;
    const empty = row => key(row) === "";
    body.append(...[...body.rows].sort((a, b) =>
      empty(a) || empty(b) ? empty(a) - empty(b) : (up ? 1 : -1) * compare(key(a), key(b))));
  });
})();
