"use strict";
const page = document.body;
const articles = [...document.querySelectorAll("article")];
const patches = new Map();

// Show every place of the claim that is looked at, not only the first.
function show(id) {
  document.querySelectorAll(".now").forEach((one) => one.classList.remove("now"));
  document.querySelectorAll(`[data-claims~="${id}"]`).forEach((one) => one.classList.add("now"));
  document.getElementById(`c${id}`)?.classList.add("now");
}
function showTarget() {
  const id = location.hash.match(/^#c(\d+)$/)?.[1];
  if (id) show(id);
}
addEventListener("hashchange", showTarget);
showTarget();

// A claim that the filter hides comes back when its place is followed.
document.getElementById("source").addEventListener("click", (event) => {
  const link = event.target.closest("[data-claims]");
  if (link) reveal(link.dataset.claims.trim().split(" ")[0]);
});
function reveal(number) {
  const article = document.getElementById(`c${number}`);
  if (article?.hidden) { filter.value = "all"; search.value = ""; applyFilter(); }
}

const filter = document.getElementById("filter");
const search = document.getElementById("search");
const tests = {
  all: () => true,
  issue: (one) => one.classList.contains("issue"),
  dash: (one) => ["dash", "not-printed", "not-yet", "unreadable"].includes(one.dataset.status),
  patched: (one) => one.classList.contains("patched"),
};
function applyFilter() {
  const words = search.value.trim();
  for (const one of articles) {
    one.hidden = !(tests[filter.value](one) && (!words || one.textContent.includes(words) || one.dataset.subject.includes(words)));
  }
  document.querySelectorAll(".subject").forEach((group) => { group.hidden = !group.querySelector("article:not([hidden])"); });
}
filter.addEventListener("change", applyFilter);
search.addEventListener("input", applyFilter);

document.getElementById("claims").addEventListener("click", (event) => {
  if (event.target.closest("a.place")) show(event.target.closest("article").id.slice(1));
  const button = event.target.closest("button.correct");
  if (!button) return;
  const article = button.closest("article");
  const open = article.querySelector("form");
  if (open) { open.remove(); return; }
  const form = document.getElementById("patch-form").content.firstElementChild.cloneNode(true);
  form.elements.set.value = article.dataset.printed;
  form.addEventListener("submit", (submitted) => { submitted.preventDefault(); addPatch(article, form); });
  article.append(form);
  form.elements.set.focus();
});

function addPatch(article, form) {
  const { subject, field, year, printed, place } = article.dataset;
  patches.set(article.id, {
    id: `${page.dataset.document}-${article.id}`,
    target: { document: page.dataset.document, subject, field, fiscal_year: year ? Number(year) : null },
    expect: printed,
    set: form.elements.set.value,
    kind: form.elements.kind.value,
    reason: form.elements.reason.value,
    evidence: place,
    date: new Date().toISOString().slice(0, 10),
  });
  article.classList.add("patched");
  form.remove();
  document.getElementById("patch-count").textContent = String(patches.size);
}

function toYaml(list) {
  const scalar = (value) => JSON.stringify(value);
  const entry = ([key, value]) => (value && typeof value === "object"
    ? `${key}: {${Object.entries(value).map(([k, v]) => `${k}: ${scalar(v)}`).join(", ")}}` : `${key}: ${scalar(value)}`);
  return list.map((one) => `- ${Object.entries(one).map(entry).join("\n  ")}\n`).join("") || "[]\n";
}

function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
const list = () => [...patches.values()];
document.getElementById("export-json").addEventListener("click", () => save("patches.json", "application/json", JSON.stringify(list(), null, 2) + "\n"));
document.getElementById("export-yaml").addEventListener("click", () => save("patches.yml", "application/yaml", toYaml(list())));
