#!/usr/bin/env bash
# cdk8s-cli 2.207.60: `cdk8s synth --format helm` writes the YAML of the app into templates/ as it is. The chart has the
# name of the current directory and no values, its objects ignore the name of the release, and Helm evaluates whatever has
# double braces in a script: here it fails, and `{{ .Release.Name }}` would become another text.
# Seen on 2026-11-28:
#   name: "project"
#   no values.yaml
#   script: docker ps --format '{{ .Names }}'
set -Eeuo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
mkdir "$directory/project"
cd "$directory/project"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund cdk8s@2.70.106 cdk8s-cli@2.207.60 cdk8s-plus-28@2.5.6 constructs@10.8.1

cat >app.js <<'JS'
const { App, Chart } = require('cdk8s');
const { k8s } = require('cdk8s-plus-28');
const app = new App();
const data = { script: "docker ps --format '{{ .Names }}'" };
new k8s.KubeConfigMap(new Chart(app, 'chart'), 'map', { metadata: { name: 'map' }, data });
app.synth();
JS
npx cdk8s synth --no-check-upgrade --app 'node app.js' --format helm --chart-api-version v2 --chart-version 1.0.0 >/dev/null
diff <(
  grep '^name:' dist/Chart.yaml
  [[ -e dist/values.yaml ]] || echo 'no values.yaml'
  grep -rh 'script:' dist/templates | sed 's/^ *//'
) - <<'SEEN'
name: "project"
no values.yaml
script: docker ps --format '{{ .Names }}'
SEEN
echo "as seen: cdk8s synth --format helm makes a chart without values, and with text that Helm evaluates"
