#!/usr/bin/env bash
# cdk8s 2.70.106, Node.js 20.20: a Chart inside a Chart inherits neither the namespace nor the labels of the outer one.
# Objects of the inner chart are written without both, in a file of their own, and nothing says so; whoever groups
# objects in nested charts gets some of them in the namespace of whoever applies them.
# Seen on 2026-11-27:
#   outer: namespace=shop team=blue
#   inner: namespace=undefined team=undefined
set -Eeuo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund cdk8s@2.70.106 constructs@10.8.1

cat >app.js <<'JS'
const { ApiObject, App, Chart } = require('cdk8s');
const outer = new Chart(new App(), 'outer', { namespace: 'shop', labels: { team: 'blue' } });
const inner = new Chart(outer, 'inner');
for (const [name, chart] of Object.entries({ outer, inner })) {
  new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'ConfigMap' });
  const [{ metadata }] = chart.toJson();
  console.log(`${name}: namespace=${metadata.namespace} team=${metadata.labels?.team}`);
}
JS
diff <(node app.js) - <<'SEEN'
outer: namespace=shop team=blue
inner: namespace=undefined team=undefined
SEEN
echo "as seen: the inner chart has neither namespace nor labels"
