// Prints what the CSL reference implementation makes of items and clusters: a JSON line a style.
// node record.js CITEPROC.js LOCALES STYLE.csl... < {"items": […], "clusters": […]}

const fs = require("fs");
const path = require("path");

const [citeproc, locales, ...styles] = process.argv.slice(2);
const CSL = require(path.resolve(citeproc));
const { items, clusters } = JSON.parse(fs.readFileSync(0, "utf8"));
const byId = Object.fromEntries(items.map((item) => [item.id, JSON.stringify(item)]));

const localeFile = (tag) => path.join(locales, `locales-${tag}.xml`);
const system = {
  retrieveLocale: (tag) => fs.readFileSync(fs.existsSync(localeFile(tag)) ? localeFile(tag) : localeFile("en-US"), "utf8"),
  retrieveItem: (id) => JSON.parse(byId[id]),
};

function print(style) {
  const xml = fs.readFileSync(style, "utf8");
  const engine = new CSL.Engine(system, xml);
  const notes = /class="note"/.test(xml);
  const cites = [];
  const before = [];
  engine.updateItems(Object.keys(byId));
  clusters.forEach((cluster, number) => {
    const noteIndex = notes ? number + 1 : 0;
    const citation = { citationID: `c${number}`, citationItems: structuredClone(cluster), properties: { noteIndex } };
    for (const [index, text] of engine.processCitationCluster(citation, before.slice(), [])[1]) cites[index] = text;
    before.push([citation.citationID, noteIndex]);
  });
  const [parameters, entries] = engine.makeBibliography() || [{ entry_ids: [] }, []];
  const order = parameters.entry_ids.map(([id]) => id);
  if (order.length !== entries.length) throw new Error("an entry is empty");
  return { cites, order, bib: Object.fromEntries(order.map((id, index) => [id, entries[index].trim()])) };
}

for (const style of styles) {
  const name = path.basename(style, ".csl");
  try {
    process.stdout.write(JSON.stringify([name, print(style)]) + "\n");
  } catch (error) {
    process.stderr.write(`${name}: ${error}\n`);
  }
}
