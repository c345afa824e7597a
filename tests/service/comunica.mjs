// Ask an endpoint with Comunica and print what came: node comunica.mjs FOLDER_OF_NODE_MODULES ENDPOINT IRI
import { createRequire } from "node:module";

const [folder, endpoint, thing] = process.argv.slice(2);
const { QueryEngine } = createRequire(`${folder}/package.json`)("@comunica/query-sparql");
const engine = new QueryEngine();
const at = { sources: [{ type: "sparql", value: endpoint }] };
const found = { seconds: 0 };
const start = performance.now();

const bindings = await (await engine.queryBindings(
  `SELECT ?label WHERE { <${thing}> ?p ?label } ORDER BY ?label`, at)).toArray();
found.labels = bindings.map((row) => row.get("label").value);
found.ask = await engine.queryBoolean("ASK { ?s ?p ?o }", at);
const quads = await (await engine.queryQuads(
  `CONSTRUCT { <${thing}> ?p ?o } WHERE { <${thing}> ?p ?o }`, at)).toArray();
found.quads = quads.length;
// A source that Comunica finds out about by itself: it asks the bare address first.
const bare = await (await engine.queryBindings(
  `SELECT (COUNT(*) AS ?n) WHERE { <${thing}> ?p ?o }`, { sources: [endpoint] })).toArray();
found.count = Number(bare[0].get("n").value);
found.seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify(found));
