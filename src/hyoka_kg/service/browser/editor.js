// The editor in the place of the plain form: completion from our own vocabulary, nothing asked of other hosts.
import Yasgui from "@zazuko/yasgui";

const form = document.getElementById("ask");
const field = document.getElementById("query");
const { prefixes, classes, properties, name } = JSON.parse(document.getElementById("words").textContent);
const { Yasqe } = Yasgui;
const HASH = "#query=";

// The completers that come with the editor ask prefix.cc and lov.linkeddata.es; these hold what the graph uses.
Yasqe.forkAutocompleter("prefixes", { name: "our-prefixes", persistenceId: null, get: () => prefixes });
Yasqe.forkAutocompleter("class", { name: "our-classes", persistenceId: null, bulk: true, get: () => classes });
Yasqe.forkAutocompleter("property", { name: "our-properties", persistenceId: null, bulk: true, get: () => properties });

function asked() {
  return location.hash.startsWith(HASH) ? decodeURIComponent(location.hash.slice(HASH.length).split("&")[0]) : field.value;
}

const root = document.getElementById("editor");
form.hidden = true;
// Before the editor is made: it measures its lines.
root.hidden = false;
const yasgui = new Yasgui(root, {
  autofocus: false,
  persistenceId: null,
  // A link may carry a query, never another endpoint: the page asks this host alone.
  populateFromUrl: false,
  autoAddOnInit: false,
  copyEndpointOnNewTab: true,
  requestConfig: { endpoint: form.action, method: "POST" },
  endpointCatalogueOptions: { getData: () => [{ endpoint: form.action }], keys: [], renderItem: () => {} },
  yasqe: {
    editorHeight: "26rem",
    prefixCcApi: null,
    persistenceId: null,
    autocompleters: ["our-prefixes", "our-classes", "our-properties", "variables"],
    createShareableLink: (yasqe) => location.href.split("#")[0] + HASH + encodeURIComponent(yasqe.getValue()),
    screenReaderLabel: field.labels[0].textContent,
  },
  yasr: { persistenceId: null, prefixes: Object.fromEntries(prefixes.map((one) => one.slice(0, -1).split(": <"))) },
});
const tab = yasgui.addTab(true, {
  name,
  yasqe: { value: asked() },
  yasr: { settings: { pluginsConfig: { table: { compact: true } } } },
});

// What was asked stands in the address: the way back and a shared link lead to it.
yasgui.on("query", (_, one) => {
  const address = HASH + encodeURIComponent(one.getYasqe().getValue());
  if (address !== location.hash) history.pushState(null, "", address);
});
window.addEventListener("popstate", () => tab.getYasqe().setValue(asked()));
