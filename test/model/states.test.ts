import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { CloneMethod, MySqlVersion, Reads, ReplicatedMySqlProps } from '../../lib';
import { rendered } from '../scripts/sandbox/rendered';
import { FOLLOWING, State, STATES } from './states';

/** Clusters whose scripts together give every verdict. */
const CLUSTERS: ReplicatedMySqlProps[] = [
  { reads: { maxLag: Duration.seconds(30), from: Reads.fromReplicas() } },
  { cloneMethod: CloneMethod.clonePlugin() },
  { version: MySqlVersion.V5_7 },
];

const scripts = CLUSTERS.map((props) => rendered(props).scripts.xtrabackup);
const page = readFileSync(join(__dirname, '../../docs/README.md'), 'utf8');
const [, section] = page.split('\n## The states of an instance\n');
const states = Object.keys(STATES) as State[];
const sorted = (texts: Iterable<string>) => [...new Set(texts)].sort();

test('the scripts give verdicts with these states and no others', () => {
  const given = scripts.flatMap((script) => [...script.matchAll(/\bverdict ([a-z]+) "/g)].map(([, state]) => state));
  expect(sorted(given)).toEqual(sorted(states));
});

test('the scripts count the same states as ready', () => {
  for (const script of scripts) {
    const [, ready] = /^ *([a-z | ]+)\) verdict="ready \(\$1\): \$2"/m.exec(script)!;
    expect(sorted(ready.split(' | '))).toEqual(sorted(states.filter((state) => STATES[state].ready)));
  }
});

test('the table of the glossary has these states, with their roles and whether they are ready', () => {
  const rows = [...section.matchAll(/^\| `([a-z]+)` \| (\*\*yes\*\*|no) \| (any|primary|replica) \|/gm)];
  expect(rows.map(([, state, ready, role]) => [state, ready === '**yes**', role])).toEqual(
    states.map((state) => [state, STATES[state].ready, STATES[state].role]),
  );
});

test('the pictures of the glossary show which state may follow which', () => {
  const [pictures] = section.split('\n## ');
  const shown = [...pictures.matchAll(/^ {2}([a-z]+) --> ([a-z]+)/gm)].map(([, before, after]) => `${before} ${after}`);
  const always = (state: string) => ['down', 'full', 'failing'].includes(state);
  const meant = Object.entries(FOLLOWING).flatMap(([before, all]) => all.map((after) => `${before} ${after}`));
  expect(sorted(shown.filter((edge) => !edge.split(' ').some(always)))).toEqual(sorted(meant));
});
