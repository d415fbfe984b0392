// What a reference command does, on the packages that conformance/reference pins:
//
//   node reference.cjs tool in out
//
// The tools are jsonstat2csv (with --status), csv2jsonstat, jsonstatdice (with
// the filter in FILTER, if that is set) and the four JSON tables.
"use strict";

const fs = require("fs");
const path = require("path");

const packages = path.join(__dirname, "../../conformance/reference/node_modules");
const JSONstat = require(path.join(packages, "jsonstat-toolkit"));
const suite = require(path.join(packages, "jsonstat-suite"));

// dataset reads a dataset and checks its size, as the commands do.
function dataset(text) {
  const ds = JSONstat(JSON.parse(text));
  let cells = 1;
  for (let i = ds.length; i--; ) {
    cells *= ds.Dimension(i).length;
  }
  if (cells !== ds.n) {
    throw new Error("not a whole dataset");
  }
  return ds;
}

const table = (type, options) => (text) => JSON.stringify(dataset(text).toTable({ type, status: true, ...options }));

const tools = {
  jsonstat2csv: (text) => suite.toCSV(dataset(text), { status: true, field: "label", content: "label" }),
  csv2jsonstat: (text) => JSON.stringify(suite.fromCSV(text, {})),
  jsonstatdice: (text) => {
    const filter = (process.env.FILTER || "").split(",").filter(Boolean).map((criterion) => {
      const [id, list] = criterion.split("=");
      return [id, list.split("/")];
    });
    return dataset(text).Dice(filter.length ? filter : null, { stringify: true });
  },
  jsonstat2arrobj: table("arrobj", { field: "id", content: "label" }),
  jsonstat2objarr: table("objarr", { field: "id", content: "label" }),
  jsonstat2array: table("array", { field: "label", content: "label" }),
  jsonstat2object: table("object", { field: "label", content: "label" }),
};

const [tool, input, output] = process.argv.slice(2);
fs.writeFileSync(output, tools[tool](fs.readFileSync(input, "utf8")), "utf8");
