
"use strict";
(() => {
  const table = document.getElementById("people");
  const body = table.tBodies[0];
  const search = document.getElementById("search");
  const flagged = document.getElementById("flagged");
  const shown = document.getElementById("shown");
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const rows = Array.from(body.rows, (row) => ({
    row,
    // One line a cell: a name and the points beside it are no word together.
    text: Array.from(row.cells, (cell) => cell.textContent).join("\n").toLocaleLowerCase(),
    flagged: row.cells[row.cells.length - 1].textContent.trim() !== "",
  }));

  function filter() {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const entry of rows) {
      const fits = (!flagged.checked || entry.flagged) && words.every((word) => entry.text.includes(word));
      entry.row.hidden = !fits;
      count += fits;
    }
    shown.textContent = `${count} of ${rows.length} shown`;
  }

  function value(entry, column, numeric) {
    const text = entry.row.cells[column].textContent.trim();
    if (!numeric) return text;
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
    for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const keyed = rows.map((entry) => [value(entry, column, numeric), entry]);
    keyed.sort(([a], [b]) => sign * (numeric ? a - b : collator.compare(a, b)));
    body.append(...keyed.map(([, entry]) => entry.row));
  }

  for (const head of table.tHead.rows[0].cells) {
    head.querySelector("button").addEventListener("click", () => sort(head));
  }
  search.addEventListener("input", filter);
  flagged.addEventListener("change", filter);
  filter();  // a browser may have kept what was typed before the page was loaded again
})();
