"use strict";
// Text of articles reaches the page through textContent alone, so it is never markup.
const ARTICLES = JSON.parse(document.getElementById("articles").textContent);
const RUN = JSON.parse(document.getElementById("run").textContent);
const PAGE = 200; // rows and lines that are laid out at once
const TITLE = document.title;
const main = document.getElementById("main");
const say = (message) => { document.getElementById("live").textContent = message; };
const number = (n) => n.toLocaleString("en");
// What the lists were narrowed to, so that it is there again when one comes back from an article.
const narrowed = { text: "", category: "", touched: false, rules: "" };
const nameOf = (article) => article.name || "(no name)";
// A list shows headlines. Paths may be long and alike.
const headlineOf = (article) => article.headline || nameOf(article);
const fileOf = (article) => nameOf(article).split("/").pop();
const plural = (n, one) => number(n) + " " + one + (n === 1 ? "" : "s");

function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick" || key === "oninput") node.addEventListener(key.slice(2), value);
    else if (value !== null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

const categoryOf = (rule) => (RUN.rules[rule] || {}).category || "residue";
const byCount = () => Object.entries(RUN.rules).sort((a, b) => b[1].lines - a[1].lines || (a[0] < b[0] ? -1 : 1));

// A long list, laid out piece by piece.
function grow(list, items, row, target = 0) {
  const box = el("div", {}, list);
  let shown = 0;
  const button = el("button", { type: "button", class: "more", onclick: () => next() });
  const next = (least = 0) => {
    const end = Math.min(items.length, Math.max(shown + PAGE, least));
    const first = shown;
    while (shown < end) list.append(row(items[shown], shown++));
    button.textContent = "Show more (" + number(items.length - shown) + " left)";
    if (shown >= items.length) button.remove(); else box.append(button);
    if (first > 0) list.children[first].querySelector("a, button")?.focus();
  };
  next(target);
  box.reveal = (place) => { if (place >= shown) next(place + 1); };
  return box;
}

function chart(counts) {
  const entries = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  if (!entries.length) return el("p", { class: "note" }, "No line was removed.");
  const svg = (name, attributes, text) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const height = entries.length * 26, most = entries[0][1];
  const label = "Removed lines by category: " + entries.map(([name, count]) => name + " " + count).join(", ");
  const picture = svg("svg", { viewBox: "0 0 360 " + height, role: "img", "aria-label": label });
  entries.forEach(([name, count], place) => {
    const y = place * 26, width = Math.max(2, 200 * count / most);
    picture.append(svg("text", { x: 78, y: y + 17, "text-anchor": "end" }, name),
      svg("rect", { class: "cat-" + name, x: 88, y: y + 5, width, height: 16, rx: 3 }),
      svg("text", { class: "count", x: 96 + width, y: y + 17 }, number(count)));
  });
  return picture;
}

function totals(rows) {
  return el("dl", { class: "totals" }, ...rows.map(([name, value]) =>
    el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

function overview() {
  const run = RUN.summary, counts = {};
  Object.values(RUN.rules).forEach((rule) => { counts[rule.category] = (counts[rule.category] || 0) + rule.lines; });
  main.replaceChildren(
    el("h2", {}, "The run"),
    totals([["articles", number(run.documents)], ["lines removed", number(run.removed_lines)],
      ["lines changed", number(run.rewritten_lines)], ["characters converted", number(run.characters_converted)],
      ["not cleaned", number(run.errors)]]),
    el("section", { class: "card", "aria-label": "By category" }, chart(counts)),
    ...leftOut(), el("h2", {}, "Articles"), index());
}

function leftOut() {
  const without = ARTICLES.filter((article) => !article.lines).length, notes = [];
  if (RUN.unlisted) notes.push(plural(RUN.unlisted, "article") + " beyond the " + number(ARTICLES.length) + " listed here are left out; the totals count them.");
  if (without) notes.push("The text of " + number(ARTICLES.length - without) + " of " + number(ARTICLES.length) + " listed articles is in this page; the others are listed without it, to keep the page small.");
  return notes.length ? [el("p", { class: "note", id: "left-out" }, notes.join(" ") + " The whole account is what --report FILE writes.")] : [];
}

function index() {
  const box = el("div");
  const text = el("input", { type: "search", id: "filter", value: narrowed.text, oninput: () => list() });
  const category = el("select", { id: "category", oninput: () => list() }, el("option", { value: "" }, "any category"),
    ...[...new Set(Object.values(RUN.rules).map((rule) => rule.category))].sort().map((name) => el("option", {}, name)));
  const touched = el("input", { type: "checkbox", id: "touched", oninput: () => list() });
  category.value = narrowed.category;
  touched.checked = narrowed.touched;
  function list() {
    Object.assign(narrowed, { text: text.value, category: category.value, touched: touched.checked });
    const words = text.value.toLowerCase();
    const found = ARTICLES.map((article, place) => [article, place]).filter(([article]) =>
      (article.name + "\n" + article.headline).toLowerCase().includes(words) && (!category.value || article.removed[category.value]) &&
      (!touched.checked || article.changed || Object.keys(article.removed).length));
    const rows = el("ol", { class: "rows", id: "index" });
    box.replaceChildren(el("p", { class: "note", id: "found" }, plural(found.length, "article")), grow(rows, found, row));
    say(plural(found.length, "article"));
  }
  function row([article, place]) {
    const title = nameOf(article), lang = article.lang;
    const name = article.lines ? el("a", { href: "#a" + place, title, lang }, headlineOf(article)) : el("span", { class: "plain", title, lang }, headlineOf(article));
    const file = el("span", { class: "file", title }, fileOf(article));
    const badges = Object.entries(article.removed).map(([kind, count]) => el("span", { class: "badge cat-" + kind }, kind + " " + count));
    return el("li", {}, name, file, ...badges, el("span", { class: "num" }, article.changed + " changed"));
  }
  list();
  return el("div", {}, el("div", { class: "filters" }, el("label", {}, "Headline or name contains", text),
    el("label", {}, "Removed in", category), el("label", { class: "check" }, touched, "only with changes")), box);
}

function rules() {
  const box = el("div", { id: "rule-list" });
  const text = el("input", { type: "search", id: "rule-filter", value: narrowed.rules, oninput: () => list() });
  function list() {
    narrowed.rules = text.value;
    const words = text.value.toLowerCase();
    const found = byCount().filter(([id, rule]) => (id + " " + rule.title).toLowerCase().includes(words) ||
      rule.samples.some((sample) => sample.text.toLowerCase().includes(words)));
    box.replaceChildren(...found.map(([id, rule]) => entry(id, rule)));
    say(plural(found.length, "rule"));
  }
  function entry(id, rule) {
    const note = rule.samples.length < rule.lines ? "A sample of " + rule.samples.length + " of " + number(rule.lines) + " removed lines:" : "All removed lines:";
    const row = (sample) => el("li", {}, el("del", { lang: "zh" }, sample.text), " ",
      ARTICLES[sample.article]?.lines ? el("a", { href: "#a" + sample.article + "-" + sample.line }, sample.doc + ":" + sample.line)
        : el("span", { class: "num" }, sample.doc + ":" + sample.line));
    return el("details", { class: "cat-" + rule.category, "data-rule": id },
      el("summary", {}, el("span", { class: "badge" }, id), rule.title, el("span", { class: "num" }, plural(rule.lines, "line"))),
      el("p", {}, rule.why), el("p", {}, el("strong", {}, "Known problems: "), rule.problems), el("p", { class: "note" }, "To keep such lines: ", el("code", {}, "--keep " + id)),
      el("p", { class: "note" }, note), el("ol", { class: "samples" }, ...rule.samples.map(row)));
  }
  main.replaceChildren(el("h2", {}, "Rules that removed lines, the busiest first"),
    el("div", { class: "filters" }, el("label", {}, "Rule or sample contains", text)), box);
  list();
}

function article(place, line) {
  const shown = ARTICLES[place], list = el("ol", { class: "text", lang: shown.lang });
  const items = shown.lines, at = new Map(items.map((item, index) => [item.n, index]));
  const kept = el("input", { type: "checkbox", oninput: () => list.classList.toggle("hide-kept", kept.checked) });
  const box = grow(list, items, row, at.has(line) ? at.get(line) + 1 : 0);
  const jump = (to) => {
    box.reveal(at.get(to));
    list.classList.remove("hide-kept"); kept.checked = false;
    const target = document.getElementById("L" + to);
    document.querySelectorAll(".flash").forEach((old) => old.classList.remove("flash"));
    target.classList.add("flash"); target.tabIndex = -1;
    target.focus({ preventScroll: true }); target.scrollIntoView({ block: "center" });
    say("Line " + to);
  };
  function row(item) {
    const base = { id: "L" + item.n, "data-n": item.n };
    if (item.removal) return removed(item, base);
    if (item.change) return el("li", { ...base, class: "changed" }, el("span", { class: "space" }, ...item.change.map(piece)));
    if (!item.text.trim()) return el("li", { ...base, class: "kept blank" });
    return el("li", { ...base, class: "kept" }, el("span", { class: "space" }, item.text));
  }
  function removed(item, base) {
    const { rule } = item.removal, kind = categoryOf(rule);
    const why = el("div", { class: "why", id: "why" + item.n, hidden: "", lang: "en" });
    const button = el("button", { type: "button", class: "toggle", "aria-expanded": "false", "aria-controls": why.id,
      title: rule + ": " + RUN.rules[rule].title, onclick: () => {
        if (why.hidden) why.replaceChildren(...reasons(item, at, items, jump));
        why.hidden = !why.hidden;
        button.setAttribute("aria-expanded", String(!why.hidden));
      } }, el("del", {}, item.text), el("span", { class: "badge", lang: "en" }, rule));
    return el("li", { ...base, class: "removed cat-" + kind }, button, why);
  }
  const counts = shown.removed;
  main.replaceChildren(el("h2", { lang: shown.lang }, headlineOf(shown)), el("p", { class: "note", id: "name" }, nameOf(shown)),
    el("section", { class: "card", "aria-label": "By category" }, chart(counts)),
    el("div", { class: "filters" }, el("label", { class: "check" }, kept, "only what was removed or changed")),
    el("p", { class: "note" }, el("del", {}, "Removed lines"), " tell why when clicked. ", el("mark", {}, "Converted"), " characters and ",
      el("mark", { class: "mend" }, "mended"), " marks, references and radicals show what stood there when pointed at or tapped."), box);
  list.addEventListener("click", (event) => event.target.closest("mark")?.classList.toggle("told"));
  if (line && at.has(line)) jump(line);
}

// A piece of a changed line: text that stayed, or [kind, before, after].
function piece(part) {
  if (typeof part === "string") return part;
  const [kind, before, after] = part, was = before ? before + " → " + after : "added";
  return el("mark", { class: kind, title: was, "data-was": before || "nothing" }, after || "\u2038", el("span", { class: "hidden", lang: "en" }, " (was " + (before || "nothing") + ")"));
}

function reasons(item, at, items, jump) {
  const { rule, certainty, evidence } = item.removal, told = RUN.rules[rule];
  const link = (line, words) => el("p", {}, words, at.has(line) ? el("button", { type: "button", class: "link jump", onclick: () => jump(line) }, "line " + line) : "line " + line,
    ": ", el("span", { lang: "zh" }, at.has(line) ? items[at.get(line)].text : ""));
  const rows = [el("p", {}, el("strong", {}, told.title), " (" + rule + ", " + certainty + ")"), el("p", { class: "note" }, told.why)];
  if (evidence.twin_block) rows.push(link(evidence.twin_line, "in the block of lines " + evidence.twin_block.join(" to ") + ", repeats "));
  else if (evidence.twin_line && evidence.features) rows.push(link(evidence.twin_line, "Says what stands in "));
  else if (evidence.twin_line) rows.push(link(evidence.twin_line, evidence.how + ", similarity " + evidence.similarity.toFixed(2) + ", repeats "));
  else if (evidence.how) rows.push(el("p", {}, "Repeats the title given with the article."));
  if (evidence.heading_line) rows.push(link(evidence.heading_line, "Hangs on the heading in "));
  if (evidence.pattern) rows.push(el("p", {}, "Matches ", el("code", {}, evidence.pattern)));
  if (evidence.list) rows.push(el("p", {}, "Is line " + evidence.list_line + " of " + evidence.list));
  if (evidence.between) rows.push(link(evidence.between[0], "Stands between "), link(evidence.between[1], "and "));
  if (evidence.features) rows.push(el("p", {}, "Probability " + (100 * evidence.probability).toFixed(0) + "%, most of all from:"), el("p", { class: "features" }, ...evidence.features.map((feature) => el("span", {}, feature))));
  return rows;
}

function route() {
  const hash = location.hash.slice(1), place = /^a(\d+)(?:-(\d+))?$/.exec(hash);
  const single = ARTICLES.length === 1 && RUN.summary.documents === 1 && ARTICLES[0].lines;
  const nav = document.getElementById("nav");
  const views = single ? [["#a0", "Article"], ["#overview", "Overview"], ["#rules", "Rules"]] : [["#overview", "Articles"], ["#rules", "Rules"]];
  const current = "#" + (hash === "main" || !hash ? (single ? "a0" : "overview") : hash.split("-")[0]);
  nav.replaceChildren(...views.map(([href, name]) => el("a", { href, "aria-current": href === current ? "page" : null }, name)));
  if (hash === "main") { if (main.childElementCount > 1) return main.focus(); }
  const shown = place ? ARTICLES[Number(place[1])] : single && current === "#a0" ? ARTICLES[0] : null;
  document.title = [shown && shown.lines ? headlineOf(shown) : hash === "rules" ? "Rules" : "Articles", TITLE].join(" – ");
  if (shown && shown.lines) article(place ? Number(place[1]) : 0, place && place[2] ? Number(place[2]) : null);
  else if (hash === "rules") rules();
  else overview();
  if (!(place && place[2])) scrollTo(0, 0);
}
addEventListener("hashchange", route);
route();
