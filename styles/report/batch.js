"use strict";
// Sorts the list of articles by a column and narrows it to what is typed; without it the list stands as it is.
const table = document.querySelector("table.sortable");
const body = table.tBodies[0];
const heads = [...table.tHead.rows[0].cells];
const letters = new Intl.Collator(document.documentElement.lang, { numeric: true });

function compare(column) {
  const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
  return (one, other) => {
    const [a, b] = [value(one), value(other)];
    return a !== "" && b !== "" && !isNaN(a) && !isNaN(b) ? a - b : letters.compare(a, b);
  };
}

heads.forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    heads.forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...body.rows].sort(compare(column));
    body.append(...(down ? rows.reverse() : rows));
  });
});

const search = document.querySelector("#search");
search.hidden = false;
search.querySelector("input").addEventListener("input", (event) => {
  const words = event.target.value.toLowerCase().split(/\s+/);
  for (const row of body.rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
  }
});
