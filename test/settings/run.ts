import { existsSync, readFileSync, writeFileSync } from 'fs';
import { resolve } from 'path';
import { App, Chart } from 'cdk8s';
import { MySqlVersion, ReplicatedMySql, ReplicatedMySqlProps } from '../../lib';
import { small, TestCluster } from '../e2e/support/cluster';
import { eventually } from '../e2e/support/eventually';
import { tryKubectl } from '../e2e/support/kubectl';
import { Candidate, candidatesOf } from './candidates';

/**
 * Sweeps over every option of the server: synth refuses it, or a cluster with it initializes, clones, and clones again.
 * Options are tried many at a time, and a set that fails is halved until single options are left. Those that failed in
 * the last sweep are tried alone, so that the others need no halving. What was found is on disk at once. A sweep over some
 * options replaces what the record has of these.
 */
const RECORD = resolve(__dirname, '../../records/settings.json');
const AT_A_TIME = Number(process.env.AT_A_TIME ?? 64);
const log = (line: string) => console.info(`${new Date().toISOString().slice(11, 19)} ${line}`);

interface Sweep {
  readonly server?: string;
  readonly date: string;
  /** How many options synth refuses, and how many were tried. */
  readonly refused: number;
  readonly tried: number;
  /** Those that a cluster does not survive. */
  readonly exceptions: Record<string, { value: string; why: string }>;
  /** Those without a value to try. */
  readonly untried: string[];
}

const exceptions: Sweep['exceptions'] = {};
let found: () => void;

function propsWith(candidates: readonly Candidate[]): ReplicatedMySqlProps {
  const all = Object.fromEntries(candidates.map(({ option, value }) => [option, value]));
  return { ...small, version: MySqlVersion.V9_7, replicas: 2, settings: { all } };
}

function isRefused(candidate: Candidate): boolean {
  return new ReplicatedMySql(new Chart(new App(), 'chart'), 'mysql', propsWith([candidate])).node.validate().length > 0;
}

/** Waits until both instances are ready; fails at once when a container has restarted more often than it may. */
async function ready(cluster: TestCluster, restarts: number): Promise<void> {
  const failed = await eventually('two ready instances', async () => {
    const pods = await cluster.pods();
    for (const { name, containers } of pods)
      for (const [container, state] of Object.entries(containers))
        if (state.restarts > restarts) return `${name} ${container} restarts`;
    return pods.length === 2 && pods.every((pod) => pod.ready) ? '' : undefined;
  });
  if (failed) throw new Error(failed);
}

/** Why the containers of a cluster have ended, or wait. */
async function errorsOf(cluster: TestCluster): Promise<string> {
  const containers = ['init-mysql', 'clone-mysql', 'mysql', 'xtrabackup'];
  const logs = [0, 1].flatMap((ordinal) =>
    containers.flatMap((container) =>
      [['--previous'], []].map(async (option) => {
        const where = ['--namespace', cluster.namespace, 'logs', `mysql-${ordinal}`, '-c', container, ...option];
        return (await tryKubectl(where)).stdout.split('\n');
      }),
    ),
  );
  const telling = (await Promise.all(logs)).flat().filter((line) => /\[ERROR\]|REFUSED|failed/.test(line));
  return [...new Set(telling.map((line) => line.replace(/^\S+Z /, '').slice(0, 300)))].slice(0, 4).join(' / ');
}

/** Undefined if a cluster with these options does all of its work, otherwise why not. */
async function problemWith(candidates: readonly Candidate[]): Promise<string | undefined> {
  const cluster = await TestCluster.create('settings');
  try {
    await cluster.apply(propsWith(candidates));
    await ready(cluster, 0);
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT PRIMARY KEY) ENGINE = InnoDB');
    await cluster.exec(1, 'touch /var/run/mysqld/clone-again');
    await cluster.logged(1, 'xtrabackup', 'the new clone is in place');
    await ready(cluster, Infinity); // mysqld waits for the new copy in restarts of its container
    await cluster.converged(2, ['test.numbers']);
    return undefined;
  } catch (error) {
    return `${String(error).slice(0, 200)}: ${await errorsOf(cluster)}`;
  } finally {
    await cluster.destroy();
  }
}

async function sweep(candidates: readonly Candidate[]): Promise<void> {
  const problem = await problemWith(candidates);
  log(`${candidates.length} options from ${candidates[0].option}: ${problem ?? 'all well'}`);
  if (!problem) return;
  if (candidates.length === 1) {
    const [{ option, value }] = candidates;
    exceptions[option] = { value, why: problem };
    found();
    return;
  }
  const half = candidates.length >> 1;
  await sweep(candidates.slice(0, half));
  await sweep(candidates.slice(half));
}

async function help(): Promise<string> {
  const cluster = await TestCluster.create('settings-help');
  try {
    const command = ['--command', '--', 'mysqld', '--no-defaults', '--verbose', '--help'];
    await cluster.kubectl('run', 'help', `--image=${MySqlVersion.V9_7._image}`, '--restart=Never', ...command);
    await cluster.kubectl('wait', 'pod/help', '--for=jsonpath={.status.phase}=Succeeded', '--timeout=120s');
    return await cluster.kubectl('logs', 'help');
  } finally {
    await cluster.destroy();
  }
}

async function main(): Promise<void> {
  const text = await help();
  const { candidates, untried } = candidatesOf(text);
  const only = process.argv.slice(2);
  const chosen = candidates.filter(({ option }) => !only.length || only.includes(option));
  const refused = chosen.filter(isRefused);
  const tried = chosen.filter((candidate) => !refused.includes(candidate));
  log(`${refused.length} options refused by synth, ${tried.length} to try, ${untried.length} without a value to try`);
  const server = /Ver (\S+)/.exec(text)?.[1];
  const numbers = { refused: refused.length, tried: tried.length };
  const whole: Sweep = { server, date: new Date().toISOString().slice(0, 10), ...numbers, exceptions, untried };
  const last: Sweep = existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, 'utf8')) : whole;
  const { exceptions: known } = last;
  const others = Object.fromEntries(Object.entries(known).filter(([option]) => !only.includes(option)));
  found = () => {
    const record = only.length ? { ...last, exceptions: { ...others, ...exceptions } } : whole;
    writeFileSync(RECORD, `${JSON.stringify(record, null, 2)}\n`);
  };
  const [alone, together] = [
    tried.filter(({ option }) => option in known),
    tried.filter(({ option }) => !(option in known)),
  ];
  for (const candidate of alone) await sweep([candidate]);
  for (let i = 0; i < together.length; i += AT_A_TIME) await sweep(together.slice(i, i + AT_A_TIME));
  found();
}

void main();
