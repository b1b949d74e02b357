
"use strict";
(() => {
  const table = document.getElementById("people");
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  const search = document.getElementById("search");
  const exercise = document.getElementById("exercise");
  const chosen = document.getElementById("set");
  const shown = document.getElementById("shown");
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const worries = new Set(Array.from(chosen.querySelectorAll("optgroup[label^='What'] option"), (option) => option.value));
  const choices = Array.from(chosen.querySelectorAll("optgroup option"));
  const texts = new Map(choices.map((option) => [option.value, option.textContent]));
  const sheet = document.styleSheets[0];
  const ownRules = sheet.cssRules.length;
  const opened = new Map();

  const rows = Array.from(body.rows, (row) => ({ row, sets: new Set((row.dataset.s || "").split(" ").filter(Boolean)) }));

  function words(entry) {
    if (entry.text === undefined) {
      // One line a cell: a name and the points beside it are no word together.
      const cells = Array.from(entry.row.cells, (cell) => cell.textContent);
      entry.text = [...cells, entry.row.dataset.n || ""].join("\n").toLocaleLowerCase();
    }
    return entry.text;
  }

  function fits(entry, column, asked) {
    if (column && entry.row.cells[column + 2].textContent === "–") return false;
    if (chosen.value === "any" ? ![...entry.sets].some((set) => worries.has(set)) : chosen.value && !entry.sets.has(chosen.value)) return false;
    return asked.every((word) => words(entry).includes(word));
  }

  function filter() {
    const asked = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const column = Number(exercise.value);
    let count = 0;
    for (const entry of rows) {
      const fit = fits(entry, column, asked);
      entry.row.hidden = !fit;
      const details = opened.get(entry.row);
      if (details) details.hidden = !fit;
      count += fit;
    }
    shown.textContent = `${count} of ${rows.length} shown`;
  }

  function narrow() {
    const column = Number(exercise.value);
    const label = column ? exercise.selectedOptions[0].dataset.label : "";
    for (const option of choices) option.hidden = Boolean(label) && option.dataset.label !== label;
    if (chosen.selectedOptions[0].hidden) chosen.value = "";
    while (sheet.cssRules.length > ownRules) sheet.deleteRule(ownRules);
    if (column) {
      const other = `:nth-child(n+4):not(:nth-child(${column + 3}))`;
      sheet.insertRule(`@media screen { .people tr:not(.details) > *${other} { display: none } }`, ownRules);
    }
    filter();
  }

  function value(entry, column, numeric) {
    const text = entry.row.cells[column].textContent.trim();
    if (!numeric) return column ? text : text.slice(1);  // without the + before a name
    const number = parseFloat(text);
    return Number.isNaN(number) ? -1 : number;  // what was not handed in, or not graded, comes before 0
  }

  function sort(head) {
    const column = head.cellIndex;
    const numeric = head.classList.contains("n");
    // Names first from A, points first from the top.
    const first = numeric ? "descending" : "ascending";
    const second = numeric ? "ascending" : "descending";
    const order = head.getAttribute("aria-sort") === first ? second : first;
    for (const other of heads) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const keyed = rows.map((entry) => [value(entry, column, numeric), entry]);
    keyed.sort(([a], [b]) => sign * (numeric ? a - b : collator.compare(a, b)));
    body.append(...keyed.flatMap(([, { row }]) => (opened.has(row) ? [row, opened.get(row)] : [row])));
  }

  function details(row) {
    const line = document.createElement("tr");
    line.className = "details";
    const cell = line.insertCell();
    cell.colSpan = heads.length;
    const list = document.createElement("ul");
    const sets = (row.dataset.s || "").split(" ").filter(Boolean);
    const said = [...(row.dataset.n || "").split("\n").filter(Boolean), ...sets.filter((set) => !worries.has(set)).map((set) => texts.get(set))];
    for (const text of said.length ? new Set(said) : ["Nothing was lost, and nothing is to be said."]) {
      const item = document.createElement("li");
      item.textContent = text;
      list.append(item);
    }
    cell.append(list);
    return line;
  }

  function toggle(button) {
    const row = button.closest("tr");
    const open = opened.get(row);
    button.setAttribute("aria-expanded", String(!open));
    button.textContent = open ? "+" : "−";
    if (open) {
      open.remove();
      opened.delete(row);
    } else {
      const line = details(row);
      opened.set(row, line);
      row.after(line);
    }
  }

  function step(button, down) {
    let row = button.closest("tr");
    do row = down ? row.nextElementSibling : row.previousElementSibling;
    while (row && (row.hidden || row.classList.contains("details")));
    if (row) row.querySelector("button.more").focus();
  }

  function show(set) {
    exercise.value = "";
    search.value = "";
    narrow();
    chosen.value = set;
    filter();
    const title = document.getElementById("students");
    title.scrollIntoView();
    title.focus({ preventScroll: true });
  }

  heads.forEach((head) => head.querySelector("button").addEventListener("click", () => sort(head)));
  body.addEventListener("click", (event) => {
    const button = event.target.closest("button.more");
    if (button) toggle(button);
  });
  body.addEventListener("keydown", (event) => {
    const button = event.target.closest("button.more");
    if (!button || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    step(button, event.key === "ArrowDown");
  });
  for (const button of document.querySelectorAll("button.show")) button.addEventListener("click", () => show(button.dataset.set));
  search.addEventListener("input", filter);
  chosen.addEventListener("change", filter);
  exercise.addEventListener("change", narrow);
  document.getElementById("reset").addEventListener("click", () => show(""));
  narrow();  // a browser may have kept what was chosen before the page was loaded again
})();
