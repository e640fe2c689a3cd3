"use strict";
const tables = [...document.querySelectorAll("table.sortable")];
const search = document.getElementById("search");
const count = document.getElementById("count");

function show() {
  const wanted = search.value.trim().toLowerCase().split(/\s+/);
  let shown = 0;
  for (const row of document.querySelectorAll("table.sortable tbody tr")) {
    const text = `${row.textContent} ${row.dataset.words}`.toLowerCase();
    row.hidden = !wanted.every((word) => text.includes(word));
    shown += row.hidden ? 0 : 1;
  }
  count.textContent = String(shown);
}

function key(row, column) {
  const text = row.cells[column].textContent.trim();
  return /^-?[0-9.]+$/.test(text) ? Number(text) : text;
}

function order(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), document.documentElement.lang);
}

function sort(table, heading) {
  const column = heading.cellIndex;
  const up = heading.getAttribute("aria-sort") !== "ascending";
  for (const each of heading.parentElement.cells) each.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", up ? "ascending" : "descending");
  const rows = [...table.tBodies[0].rows];
  rows.sort((one, other) => (up ? 1 : -1) * order(key(one, column), key(other, column)));
  table.tBodies[0].append(...rows);
}

for (const table of tables) {
  for (const heading of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.title = table.dataset.sort;
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(table, heading));
  }
}
search.addEventListener("input", show);
document.getElementById("tools").hidden = false;
show();
