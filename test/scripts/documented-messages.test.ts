import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { CloneMethod, MySqlVersion, Reads, ReplicatedMySqlProps } from '../../lib';
import { rendered } from './sandbox/rendered';

/** Together they render every message. */
const clusters: ReplicatedMySqlProps[] = [
  { reads: { maxLag: Duration.seconds(30), from: Reads.fromReplicas() } },
  { cloneMethod: CloneMethod.clonePlugin() },
  { version: MySqlVersion.V5_7 },
];
/** What is quoted from elsewhere: an error of the server, and a donor's verdict, which follows "is". */
const FROM_ELSEWHERE = ['ERROR', 'is unready'];

const [, page] = readFileSync(join(__dirname, '../../docs/troubleshooting.md'), 'utf8').split(
  /^## What the messages mean$|^## Replace the data of a replica$/m,
);

/** A text with an ellipsis for what changes: expansions of the shell, and numbers. */
const template = (text: string) => text.replace(/\$\((?:[^()]|\([^()]*\))*\)|\$\{\w+:-|\$\{[^}]*\}|\$\w+|\d+/g, '…');

/** The parts of a message between what changes. */
const parts = (message: string) =>
  template(message)
    .split(/…|[:;.] /)
    .map((part) => part.trim())
    .filter((part) => part && !FROM_ELSEWHERE.includes(part));

const scripts = clusters.flatMap((props) =>
  Object.entries(rendered(props).scripts).map(([place, text]) => [place, template(text)]),
);

const alarms = scripts.flatMap(([place, text]) => [
  ...text.matchAll(/\b(?:refuse|verdict (?:down|full|closed|connecting|lagging|stopped|fenced|cloning|failing)|fence) "([^"]+)/g),
  ...(place === 'clone-mysql' ? text.matchAll(/\bwhy="([^"]+)/g) : []),
]);
/** What the tables quote in their first columns. */
const quotes = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...line.split(' | ')[0].matchAll(/`([^`]+)`/g)]);

it('quotes what the scripts say', () => {
  const said = scripts.map(([, text]) => text).join('\n');

  expect(quotes.length).toBeGreaterThan(50);
  expect(quotes.filter(([, message]) => parts(message).some((part) => !said.includes(part)))).toEqual([]);
});

it('has every refusal, and every reason for being unready or for having no clone', () => {
  const quoted = template(page);

  expect(alarms.length).toBeGreaterThan(30);
  expect(alarms.filter(([, message]) => !quoted.includes(parts(message)[0]))).toEqual([]);
});
