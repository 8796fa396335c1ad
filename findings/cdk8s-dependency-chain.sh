#!/usr/bin/env bash
# cdk8s 2.70.106: synthesis looks at the graph of dependencies four times as often with each link of a chain of
# constructs with four objects each, so a chain of a dozen such constructs does not finish in reasonable time. A look
# is a read of a vertex's outgoing edges; the figures are counts and do not depend on the machine.
# Seen on 2026-11-27:
#   2 links: 554 looks
#   3 links: 2260 looks
#   4 links: 9088 looks
#   5 links: 36398 looks
#   6 links: 145630 looks
set -Eeuo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund cdk8s@2.70.106 constructs@10.8.1

cat >app.js <<'JS'
const { ApiObject, App, Chart } = require('cdk8s');
const { Construct } = require('constructs');
const { DependencyVertex } = require('cdk8s/lib/dependency');

let looks = 0;
const { get } = Object.getOwnPropertyDescriptor(DependencyVertex.prototype, 'outbound');
Object.defineProperty(DependencyVertex.prototype, 'outbound', {
  get() {
    looks += 1;
    return get.call(this);
  },
});
for (const links of [2, 3, 4, 5, 6]) {
  const app = new App();
  const chart = new Chart(app, 'chart');
  const groups = Array.from({ length: links + 1 }, (_, i) => {
    const group = new Construct(chart, `group-${i}`);
    for (const name of ['a', 'b', 'c', 'd']) new ApiObject(group, name, { apiVersion: 'v1', kind: 'ConfigMap' });
    return group;
  });
  groups.slice(1).forEach((group, i) => group.node.addDependency(groups[i]));
  looks = 0;
  app.synthYaml();
  console.log(`${links} links: ${looks} looks`);
}
JS
diff <(node app.js) - <<'SEEN'
2 links: 554 looks
3 links: 2260 looks
4 links: 9088 looks
5 links: 36398 looks
6 links: 145630 looks
SEEN
echo "as seen: four times as many looks with each link"
