"use strict";
// Filters, search, explanations in place and keys. Without it the page is all there to read.
(() => {
  const form = document.querySelector("form.filters");
  if (!form) return;
  const status = form.querySelector("[role=status]");
  const none = document.getElementById("none");
  const items = [...document.querySelectorAll(".finding")];
  const parts = [...document.querySelectorAll("section.part")];
  const files = [...document.querySelectorAll("section.file")];
  const articles = [...document.querySelectorAll("article.rule")];
  const fold = (text) => text.toLowerCase().replaceAll("ё", "е").replace(/\s+/g, " ");
  const titles = new Map(parts.map((part) => [part.id, part.querySelector("h3").textContent]));
  // What a reader looks for: not the words that stand in every finding.
  const said = (item) => [...item.querySelectorAll("h4, .message, .position, dt, dd")]
    .map((part) => (part.matches("dt") ? part.firstChild : part)?.textContent).join(" ");
  const texts = new Map(items.map((item) => [
    item, fold(`${said(item)} ${titles.get(item.dataset.part)}`),
  ]));

  const chosen = (name) => form.elements[name]?.value ?? "";
  const severities = () => new Set(
    [...form.querySelectorAll("[name=severity]:checked")].map((box) => box.value),
  );

  function filter() {
    const kinds = severities();
    const rule = chosen("rule");
    const part = chosen("part");
    const file = chosen("file");
    const wanted = fold(form.elements.search.value).split(" ").filter(Boolean);
    const rules = new Set();
    let shown = 0;
    for (const item of items) {
      const facts = item.dataset;
      const fits = kinds.has(facts.severity) && (!rule || facts.rule === rule)
        && (!part || facts.part === part) && (!file || facts.file === file)
        && wanted.every((word) => texts.get(item).includes(word));
      item.hidden = !fits;
      shown += fits;
      if (fits) rules.add(facts.rule);
    }
    for (const article of articles) article.hidden = !rules.has(article.id);
    for (const section of [...parts, ...files]) {
      section.hidden = !section.querySelector(".finding:not([hidden])");
    }
    none.hidden = shown > 0;
    status.textContent = status.dataset.shown
      .replace("{shown}", shown).replace("{all}", items.length);
    highlight(wanted);
    if (!stop || stop.hidden) enter(visible()[0]);
  }

  // The words that were searched for, shown without touching the page's elements.
  function highlight(wanted) {
    if (!window.CSS?.highlights) return;
    CSS.highlights.delete("search");
    if (!wanted.length) return;
    const ranges = [];
    for (const item of visible()) {
      const walker = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.data.toLowerCase().replaceAll("ё", "е");
        if (text.length !== node.data.length) continue;
        for (const word of wanted) {
          for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            ranges.push(range);
          }
        }
      }
    }
    CSS.highlights.set("search", new Highlight(...ranges));
  }

  const visible = () => items.filter((item) => !item.hidden);

  // One finding at a time is a stop of the Tab key; the arrows go to the others.
  let stop;
  function enter(item) {
    if (stop) stop.tabIndex = -1;
    stop = item;
    if (stop) stop.tabIndex = 0;
  }

  function go(from, way) {
    const shown = visible();
    const target = { next: shown[shown.indexOf(from) + 1], previous: shown[shown.indexOf(from) - 1],
      first: shown[0], last: shown.at(-1) }[way];
    if (!target) return;
    enter(target);
    target.focus();
  }

  // The explanation of the rule is taken from the end of the page to where it is asked for.
  function toggle(button) {
    const item = button.closest(".finding");
    const open = item.querySelector(".explained");
    if (open) {
      open.remove();
    } else {
      const source = document.querySelector(`#${CSS.escape(item.dataset.rule)} .explanation`);
      const box = document.createElement("div");
      box.className = "explained";
      box.id = `${item.id}-explained`;
      box.append(source.cloneNode(true));
      item.append(box);
    }
    button.setAttribute("aria-expanded", String(!open));
  }

  for (const link of document.querySelectorAll("a.why")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "why";
    button.append(...link.childNodes);
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", `${link.closest(".finding").id}-explained`);
    button.addEventListener("click", () => toggle(button));
    link.replaceWith(button);
  }

  // By the key's place as well: a Russian or Kazakh layout has no "j" and no "/".
  const ways = { ArrowDown: "next", j: "next", KeyJ: "next", ArrowUp: "previous", k: "previous",
    KeyK: "previous", Home: "first", End: "last" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && form.contains(event.target)) {
      form.reset();
      return;
    }
    const item = event.target.closest?.(".finding");
    if (event.target !== item || !item) return;
    const way = ways[event.key] ?? ways[event.code];
    if (way) {
      event.preventDefault();
      go(item, way);
    } else if (event.key === "Enter") {
      toggle(item.querySelector(".why"));
    } else if (event.key === "/" || event.code === "Slash") {
      event.preventDefault();
      form.elements.search.focus();
    }
  });
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest?.(".finding");
    if (item) enter(item);
  });

  // A number of the overview shows just what it counts.
  document.addEventListener("click", (event) => {
    const cell = event.target.closest?.("a[data-show]");
    if (!cell) return;
    form.reset();
    const { show, part, file } = cell.dataset;
    for (const box of form.querySelectorAll("[name=severity]")) {
      box.checked = show === "all" || box.value === show;
    }
    if (form.elements.part && part) form.elements.part.value = part;
    if (form.elements.file && file) form.elements.file.value = file;
    filter();
  });

  form.addEventListener("input", () => {
    filter();
    // Further down in the list, what is shown now begins where the reader does not look.
    const stuck = getComputedStyle(form).position === "sticky" && form.getBoundingClientRect().top <= 0;
    if (stuck) document.getElementById("findings").scrollIntoView();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  form.hidden = false;
  document.querySelector(".keys").hidden = false;
  filter();
})();
