// Build the scripts and styles of the pages into a folder, ../static/built unless another is given.
// Names carry a hash of what the files hold, so that browsers may keep them for good; manifest.json tells the names.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2] ?? join(here, "..", "static", "built");

const result = await build({
  absWorkingDir: here,
  entryPoints: ["explore.js", "explore.css", "editor.js", "editor.css"],
  outdir: "/built",
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: "esm",
  target: "es2020",
  charset: "utf8",
  // Licences stand in NOTICE.txt, once each.
  legalComments: "none",
  loader: { ".svg": "dataurl", ".png": "dataurl", ".woff": "empty", ".woff2": "empty", ".ttf": "empty" },
});

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const names = {};
for (const file of result.outputFiles) {
  const name = basename(file.path);
  const [stem, suffix] = name.split(/\.(?=[^.]+$)/);
  names[name] = `${stem}-${createHash("sha256").update(file.contents).digest("hex").slice(0, 10)}.${suffix}`;
  writeFileSync(join(folder, names[name]), file.contents);
}
const manifest = Object.fromEntries(Object.entries(names).sort());
writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);

// YASGUI comes with what it is made of inside, so the licences of all that the lock file names are carried.
const lock = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8"));
const parts = Object.entries(lock.packages)
  .filter(([path, one]) => path && !one.dev && !one.optional)
  .map(([path, one]) => told(path, one));
writeFileSync(join(folder, "NOTICE.txt"), `${parts.sort().join(`\n${"-".repeat(72)}\n`)}`);

function told(path, one) {
  const inside = join(here, path);
  const texts = existsSync(inside) ? readdirSync(inside).filter((name) => /^(licen[cs]e|notice)/i.test(name)) : [];
  const said = texts.sort().map((name) => readFileSync(join(inside, name), "utf8").replaceAll("\r", "").trim());
  const named = JSON.parse(readFileSync(join(inside, "package.json"), "utf8"));
  const author = typeof named.author === "string" ? named.author : (named.author?.name ?? "");
  const whose = said.length ? said.join("\n\n") : `No licence file comes with it. Author: ${author}`;
  const licence = one.license ?? named.license ?? named.licenses?.map((kind) => kind.type).join(" OR ") ?? "see below";
  return `${path.replace("node_modules/", "")} ${one.version}\n${licence}\n\n${whose}\n`;
}
