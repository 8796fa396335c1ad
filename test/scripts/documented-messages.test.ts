import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { CloneMethod, MySqlVersion, Reads, ReplicatedMySqlProps } from '../../lib';
import { rendered } from './sandbox/rendered';

/** Clusters whose scripts contain every message between them. */
const clusters: ReplicatedMySqlProps[] = [
  { reads: { maxLag: Duration.seconds(30), from: Reads.fromReplicas() } },
  { cloneMethod: CloneMethod.clonePlugin() },
  { version: MySqlVersion.V5_7 },
];

/** Parts of messages that no script contains: an error of the server, and the verdict of a donor, which follows "is". */
const FROM_ELSEWHERE = ['ERROR', 'is unready'];

const UNREADY_STATES = 'down|full|closed|connecting|lagging|stopped|fenced|cloning|failing';

const text = readFileSync(join(__dirname, '../../docs/troubleshooting.md'), 'utf8');
const [, messages] = text.split(/^## Messages$/m);

/** A text with an ellipsis for all that varies: expansions of the shell, and numbers. */
const template = (text: string) => text.replace(/\$\((?:[^()]|\([^()]*\))*\)|\$\{\w+:-|\$\{[^}]*\}|\$\w+|\d+/g, '…');

/** The fixed parts of a message, without the state that a verdict begins with. */
const parts = (message: string) =>
  template(message)
    .replace(/^(un)?ready \([a-z…]+\): /, '')
    .split(/…|[:;.] /)
    .map((part) => part.trim())
    .filter((part) => part && !FROM_ELSEWHERE.includes(part));

const scripts = clusters.flatMap((props) =>
  Object.entries(rendered(props).scripts).map(([place, text]) => [place, template(text)]),
);

const alarms = scripts.flatMap(([place, text]) => [
  ...text.matchAll(/\b(?:refuse|fence) "([^"]+)/g),
  ...text.matchAll(new RegExp(`\\bverdict (?:unready(?: (?:${UNREADY_STATES}))?|${UNREADY_STATES}) "([^"]+)`, 'g')),
  ...(place === 'clone-mysql' || place === 'xtrabackup' ? text.matchAll(/\bwhy="([^"]+)/g) : []),
]);

/** What the first columns of the tables quote. */
const quotes = messages
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...line.split(' | ')[0].matchAll(/`([^`]+)`/g)])
  .map(([, message]) => message);

it('quotes only messages that a script contains', () => {
  const said = scripts.map(([, text]) => text).join('\n');

  expect(quotes.length).toBeGreaterThan(50);
  expect(quotes.filter((message) => parts(message).some((part) => !said.includes(part)))).toEqual([]);
});

it('has every refusal, and every reason for being unready or for having no clone', () => {
  const quoted = template(messages);

  expect(alarms.length).toBeGreaterThan(30);
  expect(alarms.filter(([, message]) => !quoted.includes(parts(message)[0] ?? ''))).toEqual([]);
});

it('explains every state that a message names', () => {
  const explained = [...text.matchAll(/^\| `([a-z]+)` \| (?:yes|no) \|/gm)].map(([, state]) => state);
  const named = quotes.flatMap((message) => [...message.matchAll(/ready \(([a-z]+)\):/g)].map(([, state]) => state));

  expect(explained).toHaveLength(12);
  expect(named.filter((state) => !explained.includes(state))).toEqual([]);
  expect(UNREADY_STATES.split('|').filter((state) => !named.includes(state))).toEqual([]);
});
