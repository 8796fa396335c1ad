#!/usr/bin/env bash
# cdk8s 2.70.106 with cdk8s-plus-28 2.5.6: a JSON patch of a typed object is applied before the object is converted to
# its Kubernetes form. A field that the generated type does not know disappears without an error, and paths follow the
# names of TypeScript: a patch of /spec/clusterIP changes nothing, one of /spec/clusterIp does. An escape hatch for
# newer fields is therefore none; only an untyped ApiObject writes them.
# Seen on 2026-11-27:
#   typed, /spec/trafficDistribution: undefined
#   typed, /spec/clusterIP: undefined
#   typed, /spec/clusterIp: None
#   untyped, /spec/trafficDistribution: PreferClose
set -Eeuo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund cdk8s@2.70.106 cdk8s-plus-28@2.5.6 constructs@10.8.1

cat >app.js <<'JS'
const { ApiObject, App, Chart, JsonPatch } = require('cdk8s');
const { k8s } = require('cdk8s-plus-28');
const chart = new Chart(new App(), 'chart');
let count = 0;
const typed = () => new k8s.KubeService(chart, `service-${count++}`, { spec: { ports: [{ port: 80 }] } });
const untyped = () => new ApiObject(chart, `service-${count++}`, { apiVersion: 'v1', kind: 'Service', spec: {} });
function show(kind, object, path, value, field) {
  object.addJsonPatch(JsonPatch.add(path, value));
  console.log(`${kind}, ${path}: ${object.toJson().spec[field]}`);
}
show('typed', typed(), '/spec/trafficDistribution', 'PreferClose', 'trafficDistribution');
show('typed', typed(), '/spec/clusterIP', 'None', 'clusterIP');
show('typed', typed(), '/spec/clusterIp', 'None', 'clusterIP');
show('untyped', untyped(), '/spec/trafficDistribution', 'PreferClose', 'trafficDistribution');
JS
diff <(node app.js) - <<'SEEN'
typed, /spec/trafficDistribution: undefined
typed, /spec/clusterIP: undefined
typed, /spec/clusterIp: None
untyped, /spec/trafficDistribution: PreferClose
SEEN
echo "as seen: typed objects drop patched fields that their types do not know"
