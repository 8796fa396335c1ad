#!/usr/bin/env bash
# cdk8s 2.70.106 (yaml 2 inside) and PyYAML 6.0.3 on Python 3.11: cdk8s writes the strings "=" and "<<" as plain scalars. YAML 1.2 and
# the library that cdk8s uses read them as strings; PyYAML's safe loader gives both their YAML 1.1 meaning and refuses
# the manifest. A ConfigMap with such a value passes kubectl and fails in tools that are written in Python.
# Seen on 2026-11-27:
#   =: ConstructorError: could not determine a constructor for the tag 'tag:yaml.org,2002:value'
#   <<: ConstructorError: could not determine a constructor for the tag 'tag:yaml.org,2002:merge'
#   plain: read as written
set -Eeuo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund cdk8s@2.70.106 constructs@10.8.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check PyYAML==6.0.3

cat >app.js <<'JS'
const { ApiObject, App, Chart } = require('cdk8s');
const app = new App();
for (const [name, text] of Object.entries({ value: '=', merge: '<<', plain: 'plain' })) {
  new ApiObject(new Chart(app, name), 'config', { apiVersion: 'v1', kind: 'ConfigMap', data: { text } });
}
app.synth();
JS
node app.js
cat >read.py <<'PY'
import yaml

for name, text in [("value", "="), ("merge", "<<"), ("plain", "plain")]:
    try:
        read = yaml.safe_load(open(f"dist/{name}.k8s.yaml"))["data"]["text"]
        print(f"{text}: {'read as written' if read == text else 'read as ' + repr(read)}")
    except yaml.constructor.ConstructorError as error:
        print(f"{text}: ConstructorError: {error.problem}")
PY
diff <(venv/bin/python read.py) - <<'SEEN'
=: ConstructorError: could not determine a constructor for the tag 'tag:yaml.org,2002:value'
<<: ConstructorError: could not determine a constructor for the tag 'tag:yaml.org,2002:merge'
plain: read as written
SEEN
echo "as seen: PyYAML refuses two strings that cdk8s writes"
