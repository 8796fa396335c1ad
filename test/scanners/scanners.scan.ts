import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import { kubectl } from '../e2e/support/kubectl';
import { EXAMPLES } from '../support/examples';
import { synthYaml } from '../support/manifests';
import { synthFile } from '../support/synth-file';
import { accepts, ROWS } from './accepted';
import { checked, Finding, scored } from './findings';
import { writeSchemas } from './schemas';
import { scanners } from './tools';

const directory = mkdtempSync(join(tmpdir(), 'scanners-'));
const file = (example: string) => join(directory, 'yaml', `${example}.yaml`);
const texts: [example: string, yaml: string][] = [
  ['defaults', synthYaml()],
  ['tutorial', synthFile('main.ts')],
  ...EXAMPLES.map((name): [string, string] => [name, synthFile(`examples/${name}/main.ts`)]),
];
const examples = texts.map(([example]) => example);

let programs: Awaited<ReturnType<typeof scanners>>;
let schemas: string;
const findings: Finding[] = [];

beforeAll(async () => {
  mkdirSync(join(directory, 'yaml'));
  for (const [example, yaml] of texts) writeFileSync(file(example), yaml);
  programs = await scanners();
  schemas = writeSchemas(directory, await kubectl(['get', '--raw', '/openapi/v2']));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** What kubeconform says of a YAML text; nothing if it accepts it. */
const nonconforming = (yaml: string) => {
  const options = ['-strict', '-schema-location', schemas];
  const { stdout, stderr, error } = spawnSync(programs.kubeconform, options, { input: yaml, encoding: 'utf8' });
  if (error) throw error;
  return stdout + stderr;
};

test.each(texts)("kubeconform: each object of %s is one of the API server's own schemas", (_, yaml) => {
  expect(nonconforming(yaml)).toBe('');
});

test.each([
  ['a field that does not exist', 'serviceName:', 'serviceNames:'],
  ['a value of another kind', 'replicas: 3', 'replicas: "3"'],
  ['a kind that does not exist', 'kind: StatefulSet', 'kind: StatefulSets'],
])('kubeconform refuses %s', (_, right, wrong) => {
  expect(nonconforming(texts[0][1].replace(right, wrong))).not.toBe('');
});

const unexplained = (found: Finding[]) => {
  findings.push(...found);
  return found.filter((finding) => !ROWS.some((row) => accepts(row, finding)));
};

test.each(examples)('kube-score finds nothing in %s that is not accepted with a reason', (example) => {
  expect(unexplained(scored(programs.kubeScore, example, file(example)))).toEqual([]);
});

test('checkov finds nothing in any example that is not accepted with a reason', () => {
  const found = checked(programs.checkov, join(directory, 'yaml'), (path) => basename(path, '.yaml'));
  expect(unexplained(found)).toEqual([]);
});

test('each reason is needed', () => {
  expect(ROWS.filter((row) => !findings.some((finding) => accepts(row, finding)))).toEqual([]);
});
