// What the reference command "jsonstat2csv in.json out.csv --status" does, on
// the packages that conformance/reference pins:
//
//   node reference.cjs in.json out.csv
"use strict";

const fs = require("fs");
const path = require("path");

const packages = path.join(__dirname, "../../conformance/reference/node_modules");
const JSONstat = require(path.join(packages, "jsonstat-toolkit"));
const suite = require(path.join(packages, "jsonstat-suite"));

const [input, output] = process.argv.slice(2);
const ds = JSONstat(JSON.parse(fs.readFileSync(input, "utf8")));
let cells = 1;
for (let i = ds.length; i--; ) {
  cells *= ds.Dimension(i).length;
}
if (cells !== ds.n) {
  throw new Error("not a whole dataset");
}
fs.writeFileSync(output, suite.toCSV(ds, { status: true, field: "label", content: "label" }), "utf8");
