// The JavaScript reference as a long-lived process: one JSON request a line on
// standard input, one JSON reply a line on standard output, in the same order.
//
//   {"id":1,"tool":"jsonstat2csv","text":"{...}","options":{"status":true}}
//
// tool     a command of jsonstat-conv, see the table at the end
// text     the input document; or "base64", its bytes, decoded the way the
//          command reads a file (ill-formed UTF-8 becomes U+FFFD)
// options  what the command hands to the library (for the two filters: to its
//          own code), after the command line has been parsed
//
// The reply has the id and one of
//
//   out      the bytes that the command would write
//   error    the line that the command would print before it exits with 1
//   crash    the exception that would end the command with a stack trace
//   fault    the request itself makes no sense
//
// Each request is parsed afresh, since the toolkit edits the tree it is given.
"use strict";

const JSONstat = require("jsonstat-toolkit");
const suite = require("jsonstat-suite");

// Refusal is the end of a command with a message of its own.
class Refusal extends Error {}

const invalid = "Error: The input does not containt valid JSON-stat.";

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("Error: The input does not containt JSON.");
  }
}

// dataset is the input step of all commands that read JSON-stat.
function dataset(text) {
  const tree = parse(text);
  // The toolkit takes a text for an address and would fetch it; the command
  // exits before the answer can come.
  const j = typeof tree === "object" ? JSONstat(tree) : { length: 0 };
  if (j.length === 0 || !["dataset", "collection", "bundle"].includes(j.class)) {
    throw new Refusal("Error: The input does not containt JSON-stat.");
  }
  const ds = j.class === "dataset" ? j : j.Dataset(0);
  let cells = 1;
  for (let i = ds.length; i--; ) {
    cells *= ds.Dimension(i).length;
  }
  if (cells !== ds.n) {
    throw new Refusal(invalid);
  }
  return ds;
}

function present(result, message) {
  if (result === null) {
    throw new Refusal(message);
  }
  return result;
}

function csv(text, options) {
  const result = present(suite.toCSV(dataset(text), options), invalid);
  if (!Array.isArray(result)) {
    return result;
  }
  // --big: the lines are written in two halves.
  const half = Math.ceil(result.length / 2);
  const lines = (part) => part.join("\n") + "\n";
  return lines(result.slice(0, half)) + lines(result.slice(half - result.length));
}

function table(type) {
  return (text, options) => JSON.stringify(present(dataset(text).toTable({ ...options, type }), invalid));
}

function fromCSV(text, options) {
  // A zero-length first match is repeated until memory is exhausted.
  const start = text.trim();
  if (start === "" || (start[0] === '"' && !/^"[^"]*(?:""[^"]*)*"/.test(start))) {
    throw new Error("endless loop");
  }
  const message = "Error: Check your CSV and the options you supplied.";
  const result = present(suite.fromCSV(text, options), message);
  if (!result.size.length || (result.size.length === 1 && result.value[0] === null)) {
    throw new Refusal(message);
  }
  return JSON.stringify(result);
}

function fromSDMX(text, options) {
  return JSON.stringify(
    present(
      suite.fromSDMX(parse(text), options),
      "Error: Check your SDMX-JSON. Only flat SDMX-JSON with a single dataset is supported.",
    ),
  );
}

// criteria reads the text of --filter: dim=cat,dim=cat.
function criteria(filter) {
  if (!filter || filter === true) {
    return null;
  }
  if (!filter.includes("=")) {
    throw new Refusal("Error: The filter has not been specified correctly (missing =).");
  }
  return filter.split(",").map((criterion) => criterion.split("="));
}

function dice(text, { filter, drop, ovalue, ostatus }) {
  const wanted = criteria(filter);
  const spec = wanted && wanted.map(([dim, cats]) => [dim, cats.split("/")]);
  const result = dataset(text).Dice(spec, { stringify: true, drop, ovalue, ostatus });
  return present(result, "Error: The input does not containt valid JSON-stat or the filters are not valid.");
}

// withoutNulls turns an array into an object from position to text.
function withoutNulls(array) {
  return Object.fromEntries(Object.entries(array).filter(([, v]) => v !== null));
}

function slice(text, { filter, modify, ovalue, ostatus }) {
  const wanted = criteria(filter);
  const ds = dataset(text);
  const tree = (wanted ? ds.Slice(wanted) : ds).__tree__;
  if (!Object.hasOwn(tree, "id")) {
    const { id, size, role } = tree.dimension;
    tree.version = "2.0";
    tree.class ??= "dataset";
    Object.assign(tree, { id, size });
    delete tree.dimension.id;
    delete tree.dimension.size;
    if (role !== undefined) {
      tree.role = role;
      delete tree.dimension.role;
    }
  }
  if (tree.status === null) {
    delete tree.status;
  }
  if (Object.hasOwn(tree, "role")) {
    delete tree.role.classification;
    for (const name of ["geo", "time", "metric"]) {
      if (tree.role[name] === null) {
        delete tree.role[name];
      }
    }
  }
  const cells = tree.size.reduce((a, b) => a * b, 1);
  for (const [member, sparse] of modify ? [["value", ovalue], ["status", ostatus]] : []) {
    const old = tree[member];
    if (typeof old !== "object" || old === null || Array.isArray(old) !== Boolean(sparse)) {
      continue;
    }
    delete tree[member];
    tree[member] = sparse ? withoutNulls(old) : Array.from({ length: cells }, (_, i) => old[i] ?? null);
  }
  return JSON.stringify(tree);
}

const tools = {
  jsonstat2csv: csv,
  csv2jsonstat: fromCSV,
  jsonstat2array: table("array"),
  jsonstat2arrobj: table("arrobj"),
  jsonstat2objarr: table("objarr"),
  jsonstat2object: table("object"),
  jsonstatdice: dice,
  jsonstatslice: slice,
  jsonstat2jsonstat: slice,
  sdmx2jsonstat: fromSDMX,
  // No command: which reference is this?
  versions: () => JSON.stringify({ "jsonstat-suite": suite.version, "jsonstat-toolkit": JSONstat("version") }),
};

function answer(line) {
  let id = null;
  try {
    const request = JSON.parse(line);
    id = request.id;
    if (!Object.hasOwn(tools, request.tool)) {
      return { id, fault: `unknown tool ${request.tool}` };
    }
    const text = request.base64 === undefined ? request.text : Buffer.from(request.base64, "base64").toString();
    if (typeof text !== "string") {
      return { id, fault: "neither text nor base64" };
    }
    return { id, out: tools[request.tool](text, request.options ?? {}) };
  } catch (e) {
    if (id === null) {
      return { id, fault: String(e) };
    }
    return e instanceof Refusal ? { id, error: e.message } : { id, crash: String(e) };
  }
}

// Only replies may reach standard output, whatever the libraries print.
const reply = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

// Lines are cut by hand: readline also ends them at U+2028 and U+2029.
let rest = [];
process.stdin.on("data", (chunk) => {
  for (let end; (end = chunk.indexOf(10)) >= 0; chunk = chunk.subarray(end + 1)) {
    rest.push(chunk.subarray(0, end));
    const line = Buffer.concat(rest).toString();
    rest = [];
    reply(JSON.stringify(answer(line)) + "\n");
  }
  rest.push(chunk);
});
