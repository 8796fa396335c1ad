import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { CloneMethod, MySqlVersion, Reads, ReplicatedMySqlProps, Tls } from '../../lib';
import { rendered } from './sandbox/rendered';

/** Clusters whose scripts together contain every message. */
const clusters: ReplicatedMySqlProps[] = [
  { reads: { maxLag: Duration.seconds(30), from: Reads.fromReplicas() } },
  { reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) } },
  { cloneMethod: CloneMethod.clonePlugin() },
  { version: MySqlVersion.V5_7 },
  { tls: Tls.fromSecret('own') },
];

/** Parts of messages that are in no script: an error of the server, and the verdict of a donor, which follows "is". */
const NOT_IN_SCRIPTS = ['ERROR', 'is unready'];

const UNREADY_STATES = 'down|full|closed|connecting|lagging|stopped|fenced|cloning|failing';

const text = readFileSync(join(__dirname, '../../docs/troubleshooting.md'), 'utf8');
const [, messages] = text.split(/^## Messages$/m);

/** Replaces every variable part of a text, shell expansions and numbers, by an ellipsis. */
const template = (text: string) => text.replace(/\$\((?:[^()]|\([^()]*\))*\)|\$\{\w+:-|\$\{[^}]*\}|\$\w+|\d+/g, '…');

/** The fixed parts of a message, without the state at the start of a verdict. */
const parts = (message: string) =>
  template(message)
    .replace(/^(un)?ready \([a-z…]+\): /, '')
    .split(/…|[:;.] /)
    .map((part) => part.trim())
    .filter((part) => part && !NOT_IN_SCRIPTS.includes(part));

const scripts = clusters.flatMap((props) =>
  Object.entries(rendered(props).scripts).map(([place, text]) => [place, template(text)]),
);

const alarms = scripts.flatMap(([place, text]) => [
  ...text.matchAll(/\b(?:refuse|fence) "([^"]+)/g),
  ...text.matchAll(new RegExp(`\\bverdict (?:unready(?: (?:${UNREADY_STATES}))?|${UNREADY_STATES}) "([^"]+)`, 'g')),
  ...(place === 'clone-mysql' || place === 'xtrabackup' ? text.matchAll(/\bwhy="([^"]+)/g) : []),
]);

/** The messages in the first column of the tables. */
const quotes = messages
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...line.split(' | ')[0].matchAll(/`([^`]+)`/g)])
  .map(([, message]) => message);

test('troubleshooting.md quotes only messages that a script contains', () => {
  const inScripts = scripts.map(([, text]) => text).join('\n');

  expect(quotes.length).toBeGreaterThan(50);
  expect(quotes.filter((message) => parts(message).some((part) => !inScripts.includes(part)))).toEqual([]);
});

test('troubleshooting.md has every refusal, every reason to be unready, and every reason why a replica has no clone', () => {
  const quoted = template(messages);

  expect(alarms.length).toBeGreaterThan(30);
  expect(alarms.filter(([, message]) => !quoted.includes(parts(message)[0] ?? ''))).toEqual([]);
});

test('troubleshooting.md explains every state that a message names', () => {
  const explained = [...text.matchAll(/^\| `([a-z]+)` \| (?:yes|no) \|/gm)].map(([, state]) => state);
  const named = quotes.flatMap((message) => [...message.matchAll(/ready \(([a-z]+)\):/g)].map(([, state]) => state));

  expect(explained).toHaveLength(13);
  expect(named.filter((state) => !explained.includes(state))).toEqual([]);
  expect(UNREADY_STATES.split('|').filter((state) => !named.includes(state))).toEqual([]);
});
