#!/usr/bin/env bash
# cdk8s-plus-28 2.5.6: a Service whose selector is made by Pods.select() with expressions keeps only the labels. A
# Service cannot express them, and instead of an error it is written with a wider selector, so it leads to pods that
# the expressions exclude.
# Seen on 2026-11-27:
#   asked for: app=web, tier notin (canary)
#   written:   {"app":"web"}
set -Eeuo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund cdk8s@2.70.106 cdk8s-plus-28@2.5.6 constructs@10.8.1

cat >app.js <<'JS'
const { App, Chart } = require('cdk8s');
const { LabelExpression, Pods, Service } = require('cdk8s-plus-28');
const chart = new Chart(new App(), 'chart');
const selector = Pods.select(chart, 'pods', {
  labels: { app: 'web' },
  expressions: [LabelExpression.notIn('tier', ['canary'])],
});
new Service(chart, 'service', { selector, ports: [{ port: 80 }] });
const service = chart.toJson().find(({ kind }) => kind === 'Service');
console.log('asked for: app=web, tier notin (canary)');
console.log(`written:   ${JSON.stringify(service.spec.selector)}`);
JS
diff <(node app.js) - <<'SEEN'
asked for: app=web, tier notin (canary)
written:   {"app":"web"}
SEEN
echo "as seen: the Service is written without the expressions"
