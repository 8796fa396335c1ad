import { mkdtempSync, readdirSync, readFileSync, statSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parse } from 'yaml';
import { propComments } from '../../chart/comments';
import { comment, defaults, Value, Values, VALUES } from '../../chart/values';
import { writeChart } from '../../chart/write';
import { yamlOf } from '../e2e/support/cluster';

const chart = () => {
  const directory = mkdtempSync(join(tmpdir(), 'chart-'));
  writeChart(directory);
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    files
      .filter((file) => statSync(join(directory, file)).isFile())
      .map((file) => [file, readFileSync(join(directory, file), 'utf8')]),
  );
};
const files = chart();

test('the same code writes the same chart', () => {
  expect(chart()).toEqual(files);
});

test('values.yaml has the default values', () => {
  expect(parse(files.get('values.yaml')!)).toEqual(defaults());
});

const all = (values: Values): Value[] =>
  Object.values(values).flatMap((value) => [value, ...all(value.values ?? value.items ?? {})]);

/** Props whose values have the documentation of others, or their own. */
const WITHOUT_VALUE = [
  'ReplicatedMySqlProps.namespace', // the release's
  /^ClonePluginOptions/, // those of XtraBackup
  'XtraBackupOptions.maxBandwidth',
  'EmptyDirOptions.sizeLimit',
  'EphemeralOptions.size',
  /^ResourceAmounts/, // as Kubernetes writes them
];

test('every prop has a value, and every value a documentation', () => {
  const comments = propComments();
  const documented = all(VALUES).map(({ prop }) => prop);
  const missing = [...comments.keys()].filter((prop) => !documented.includes(prop));
  expect(missing.filter((prop) => !WITHOUT_VALUE.some((known) => prop.match(known)))).toEqual([]);
  expect(documented.filter((prop) => prop && !comments.has(prop))).toEqual([]);
  expect(all(VALUES).filter((value) => !comment(value))).toEqual([]);
});

test('no marker is left', () => {
  expect([...files].filter(([, text]) => /(?<!\d)70\d{5}(?!\d)|lines of|block of|99999|undefined/.test(text))).toEqual(
    [],
  );
});

test('no script has what Helm would evaluate', () => {
  expect(yamlOf({})).not.toContain('{{');
});
