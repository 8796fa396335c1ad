import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an object of the API
type Plain = any;

const QUANTITIES = ['cpu', 'memory', 'storage', 'sizeLimit'];
const INT_OR_STRINGS = ['port', 'targetPort', 'maxUnavailable'];

/** Wraps the values that have a class of their own. */
function typed(value: Plain, key = '', parent = ''): Plain {
  if (Array.isArray(value)) return value.map((element) => typed(element, '', key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, typed(child, name, key || parent)]));
  if (QUANTITIES.includes(key)) return k8s.Quantity.fromString(String(value));
  if (key === 'port' && typeof value === 'number' && parent === 'ports') return value;
  return INT_OR_STRINGS.includes(key) ? k8s.IntOrString.fromNumber(Number(value)) : value;
}

/** The typed class of an object, and its props. */
function byHand({ kind, apiVersion, ...props }: Plain): [Plain, Plain] {
  const classes: Plain[] = Object.values(k8s);
  const found = classes.find(({ GVK: known }) => known?.kind === kind && known.apiVersion === apiVersion);
  return [found, typed(props)];
}

/** `synth-app.ts OUTDIR CLUSTERS library DIRECTORY`, or `… objects FILE`: an app of some clusters. */
function main([outdir, clusters, kind, source]: string[]): void {
  const app = new App({ outdir });
  const library = kind === 'library' ? createRequire(__filename)(source) : undefined;
  const objects: [Plain, Plain][] = library ? [] : JSON.parse(readFileSync(source, 'utf8')).map(byHand);
  for (let i = 0; i < Number(clusters); i++) {
    const chart = new Chart(app, `cluster-${i}`);
    if (library) new library.ReplicatedMySql(chart, 'mysql', { name: `mysql-${i}` });
    objects.forEach(([type, props], j) => new type(chart, `object-${j}`, props));
  }
  app.synth();
}

main(process.argv.slice(2));
