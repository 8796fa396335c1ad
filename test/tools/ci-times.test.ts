import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const folder = mkdtempSync(join(tmpdir(), 'ci-times-'));
afterAll(() => rmSync(folder, { recursive: true }));

function table(): string[][] {
  const output = execFileSync(process.execPath, [resolve(__dirname, '../../tools/ci-times.mjs'), folder], {
    encoding: 'utf8',
  });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/));
}

test('a run that ended in its first phase has a table', () => {
  writeFileSync(join(folder, 'phases.tsv'), 'npm ci\t0\t12\n');
  expect(table()).toEqual([
    ['phase', 'start', 'seconds'],
    ['npm ci', '0', '12'],
    ['total', '12'],
  ]);
});

test('phases come in the order of their start, with the e2e files and the faults, longest first', () => {
  writeFileSync(join(folder, 'phases.tsv'), 'npm ci\t0\t30\nnpm test\t30\t200\ne2e\t45\t400\nfaults\t445\t300\n');
  const file = (name: string, seconds: number) => ({
    name: `/x/${name}.e2e.ts`,
    startTime: 0,
    endTime: seconds * 1000,
  });
  writeFileSync(join(folder, 'e2e.json'), JSON.stringify({ testResults: [file('a', 20), file('b', 380)] }));
  const faults = [
    { name: 'killed', seconds: 90 },
    { name: 'power', notRun: 'no program' },
  ];
  writeFileSync(join(folder, 'faults.json'), JSON.stringify(faults));
  expect(table().slice(1)).toEqual([
    ['npm ci', '0', '30'],
    ['npm test', '30', '200'],
    ['e2e', '45', '400'],
    ['b', '380'],
    ['a', '20'],
    ['faults', '445', '300'],
    ['killed', '90'],
    ['power (not run)', '0'],
    ['total', '745'],
  ]);
});
