// Draw the neighbourhood that the page tells in tables. Every step is a link: the address holds the whole state.
import cytoscape from "cytoscape";
import dagre from "cytoscape-dagre";

cytoscape.use(dagre);

const WIDTH = 190;
const LINE = 15;
const PAD = 12;
const STEP = 1.25;
const graph = JSON.parse(document.getElementById("graph").textContent);
const section = document.getElementById("drawing");
const canvas = document.getElementById("canvas");
const chosen = document.getElementById("chosen");

// Japanese has no spaces: lines are broken by width here, and each node gets the height of its lines.
const ruler = document.createElement("canvas").getContext("2d");
ruler.font = "12px sans-serif";

function wrapped(text) {
  const lines = [""];
  for (const character of text) {
    const longer = lines[lines.length - 1] + character;
    if (ruler.measureText(longer).width > WIDTH - 2 * PAD) lines.push(character);
    else lines[lines.length - 1] = longer;
  }
  return lines.slice(0, 4);
}

function node(one, place) {
  const lines = [`［${one.kind}］`, ...wrapped(one.label)];
  const classes = [one.is_open ? "open" : "", place === 0 ? "middle" : ""].join(" ");
  return { data: { ...one, text: lines.join("\n"), height: lines.length * LINE + PAD }, classes };
}

const style = [
  { selector: "node", style: {
    shape: "round-rectangle", width: WIDTH, height: "data(height)", label: "data(text)", "text-wrap": "wrap",
    "text-valign": "center", "font-size": 12, "line-height": 1.2, "font-family": "sans-serif", color: "#1d2433",
    "background-color": "#ffffff", "border-width": 1, "border-color": "#767f8e" } },
  { selector: "node.open", style: { "border-width": 3, "border-color": "#1f4e8c", "background-color": "#f3f5f9" } },
  { selector: "node.middle", style: { "border-width": 5 } },
  { selector: "node:selected", style: { "border-width": 4, "border-color": "#b36b00", "border-style": "double" } },
  { selector: "edge", style: {
    width: 1.5, "line-color": "#767f8e", "target-arrow-color": "#767f8e", "target-arrow-shape": "triangle",
    "curve-style": "taxi", "taxi-direction": "rightward", "taxi-turn": 25 } },
  { selector: "edge.near", style: {
    label: "data(label)", "font-size": 11, "text-background-color": "#ffffff", "text-background-opacity": 1,
    "line-color": "#b36b00", "target-arrow-color": "#b36b00", width: 3 } },
];

section.hidden = false;
const drawing = cytoscape({
  container: canvas,
  elements: { nodes: graph.nodes.map(node), edges: graph.edges.map((data) => ({ data })) },
  style,
  layout: { name: "dagre", rankDir: "LR", nodeSep: 10, rankSep: 60, animate: false },
  minZoom: 0.1,
  maxZoom: 3,
  boxSelectionEnabled: false,
});
// For the tests of the pages, which look for nodes that cannot be seen.
window.drawing = drawing;

function link(words, target) {
  const anchor = document.createElement("a");
  anchor.href = target;
  anchor.textContent = words;
  return anchor;
}

function choose(one) {
  drawing.$(":selected").unselect();
  drawing.edges(".near").removeClass("near");
  one.select();
  one.connectedEdges().addClass("near");
  const data = one.data();
  const name = document.createElement("p");
  name.textContent = `［${data.kind}］${data.whole}`;
  const steps = document.createElement("p");
  for (const key of ["page", "centre", "opened", "closed"]) {
    if (!data[key]) continue;
    const words = { page: "open", centre: "centre", opened: "opened", closed: "closed" }[key];
    steps.append(link(section.dataset[words], data[key]), " ");
  }
  chosen.replaceChildren(name, steps);
  history.replaceState(null, "", `#${encodeURIComponent(data.id)}`);
}

function showChosen() {
  const one = drawing.$(":selected");
  if (one.nonempty()) drawing.center(one);
}

function zoom(factor) {
  drawing.zoom({ level: drawing.zoom() * factor, renderedPosition: { x: drawing.width() / 2, y: drawing.height() / 2 } });
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest node that lies more in the direction of the key than across it.
function beside(from, [dx, dy]) {
  const here = from.position();
  let best = null;
  drawing.nodes().forEach((one) => {
    const there = one.position();
    const along = (there.x - here.x) * dx + (there.y - here.y) * dy;
    const across = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    if (along > 1 && (dx === 0 || along > 20)) {
      const far = along + 2 * across;
      if (!best || far < best.far) best = { far, one };
    }
  });
  return best && best.one;
}

canvas.addEventListener("keydown", (event) => {
  const now = drawing.$("node:selected");
  const from = now.nonempty() ? now : drawing.nodes()[0];
  if (event.key in WAYS) choose((now.nonempty() && beside(from, WAYS[event.key])) || from);
  else if (event.key === "Enter") chosen.querySelector("a")?.focus();
  else if (event.key === "+") zoom(STEP);
  else if (event.key === "-") zoom(1 / STEP);
  else if (event.key === "0") drawing.fit(undefined, PAD);
  else return;
  event.preventDefault();
  if (event.key in WAYS) showChosen();
});
drawing.on("tap", "node", (event) => choose(event.target));
document.getElementById("whole").addEventListener("click", () => drawing.fit(undefined, PAD));
document.getElementById("nearer").addEventListener("click", () => zoom(STEP));
document.getElementById("farther").addEventListener("click", () => zoom(1 / STEP));

// Texts are legible from about three quarters of their size on. A drawing that is larger begins at its top: all its
// columns do, and the thing in the middle stands above them. One that is wider than the screen begins at its left.
const LEGIBLE = 0.75;
const middle = drawing.nodes()[0];
const named = drawing.getElementById(decodeURIComponent(location.hash.slice(1)));

function beginAtTop() {
  const columns = new Map();
  drawing.nodes().not(middle).forEach((one) => {
    const place = Math.round(one.position("x"));
    columns.set(place, [...(columns.get(place) ?? []), one]);
  });
  for (const column of columns.values()) {
    const top = Math.min(...column.map((one) => one.position("y") - one.height() / 2));
    column.forEach((one) => one.position("y", one.position("y") - top));
  }
  middle.position("y", -middle.height() / 2 - 2 * PAD);
}

drawing.fit(undefined, PAD);
if (drawing.zoom() > 1) {
  drawing.zoom(1);
  drawing.center();
} else if (drawing.zoom() < LEGIBLE) {
  beginAtTop();
  drawing.zoom(LEGIBLE);
  drawing.center(named.nonempty() ? named : middle);
  const box = drawing.nodes().renderedBoundingBox();
  const left = box.w > drawing.width() - 2 * PAD ? PAD - box.x1 : 0;
  if (named.empty()) drawing.panBy({ x: left, y: PAD - box.y1 });
}
if (named.nonempty()) choose(named);
