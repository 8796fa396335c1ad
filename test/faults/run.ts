import { Killer } from '../e2e/support/killer';
import { faults as known } from './cases';
import { Fault } from './fault';
import { faultsOf } from './parts';
import { commit } from './support/commit';
import { concurrently } from './support/concurrently';
import { LoadGenerator } from './support/load-generator';
import { Nodes } from './support/nodes';
import { options } from './support/options';
import { record } from './support/record';
import {
  allMissed,
  failed,
  FaultResult,
  fullRounds,
  LAST_RESULTS,
  mergeResults,
  reason,
  RoundResult,
} from './support/results';
import { FaultRun, summary } from './support/run-fault';
import { table } from './support/table';
import { versions } from './support/versions';

const requested = options(process.argv.slice(2));
/** Healthy clusters for later faults with the same needs. Full runs make a cluster for each fault. */
const spares: FaultRun[] = [];
/** Faults that have not started. */
const waiting = new Set<Fault>();
const removals = new Set<() => Promise<void>>();
const log = (line: string) => console.info(`${new Date().toISOString().slice(11, 19)} ${line}`);

/** Whether a fault runs while no other does. */
const isAlone = (fault: Fault) => Boolean(fault.alone || fault.nodes);

function selected(): Fault[] {
  const unknown = requested.faults.filter((name) => !known.some((fault) => fault.name === name));
  if (unknown.length) throw new Error(`no fault is named ${unknown.join(' or ')}; --list prints the names`);
  const candidates = requested.part ? faultsOf(requested.part) : known;
  return candidates.filter(({ name }) => !requested.faults.length || requested.faults.includes(name));
}

async function runFault(fault: Fault, killer: Killer): Promise<FaultResult> {
  const { name, number } = fault;
  const start = performance.now();
  const context = {
    name,
    seed: requested.seed,
    commit: commit(),
    date: new Date().toISOString(),
    versions: await versions(),
  };
  waiting.delete(fault);
  const notRun = fault.nodes ? Nodes.missing : undefined;
  if (notRun) {
    log(`fault ${number} ${name} skipped: ${notRun}`);
    return { ...context, notRun, rounds: [] };
  }
  const rounds: RoundResult[] = [];
  const run = await FaultRun.create(fault, killer, requested, takeSpare(fault));
  const remove = () => run.cluster.destroy();
  removals.add(remove);
  let healthy = false;
  try {
    await run.start();
    const count = requested.rounds ?? fullRounds(fault);
    for (let round = 1; round <= count || (allMissed(rounds) && round <= count + 2); round++) {
      rounds.push(await run.round(round));
      log(`fault ${number} ${name} round ${round}/${count}: ${summary(rounds[round - 1])}`);
      if (rounds[round - 1].failure !== undefined) break;
    }
    const server = await run.cluster.sql(0, 'SELECT VERSION()');
    const result = { ...context, server, seconds: secondsSince(start), rounds };
    healthy = !failed(result);
    return result;
  } catch (error) {
    log(`fault ${number} ${name} FAILED before its first round: ${String(error)}`);
    return { ...context, seconds: secondsSince(start), rounds, failure: String(error) };
  } finally {
    await handOver(run, healthy);
    removals.delete(remove);
  }
}

function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 1000);
}

function takeSpare(fault: Fault): FaultRun | undefined {
  const index = spares.findIndex((run) => run.suits(fault));
  return index < 0 ? undefined : spares.splice(index, 1)[0];
}

/** Keeps a healthy cluster for a waiting fault, or removes it. */
async function handOver(run: FaultRun, healthy: boolean): Promise<void> {
  if (healthy && requested.rounds !== undefined && isWanted(run)) {
    try {
      await run.release();
      spares.push(run);
      return;
    } catch (error) {
      log(`a cluster cannot be used again: ${String(error)}`);
    }
  }
  if (!requested.keep) await run.cluster.destroy();
}

/** Whether a fault that has not started can use the cluster of a run. */
const isWanted = (run: FaultRun) => [...waiting].some((fault) => run.suits(fault));

async function removeSpares(obsolete: (run: FaultRun) => boolean = () => true): Promise<void> {
  const removed = spares.filter(obsolete);
  spares.splice(0, spares.length, ...spares.filter((run) => !removed.includes(run)));
  await Promise.all(removed.map((run) => run.cluster.destroy()));
}

async function runAll(faults: readonly Fault[]): Promise<FaultResult[]> {
  faults.forEach((fault) => waiting.add(fault));
  const killer = await Killer.start();
  removals.add(() => killer.stop());
  const load = requested.load ? await LoadGenerator.start(requested.load) : undefined;
  removals.add(async () => load?.stop());
  const results: FaultResult[] = [];
  const runOne = async (fault: Fault) => {
    const result = await runFault(fault, killer);
    results.push(result);
    if (!requested.xtrabackup && !load) mergeResults(LAST_RESULTS, [result]);
  };
  try {
    await concurrently(
      faults.filter((fault) => !isAlone(fault)),
      requested.atOnce,
      runOne,
    );
    await removeSpares((run) => !isWanted(run));
    await concurrently(faults.filter(isAlone), 1, runOne);
  } finally {
    await removeSpares();
    await killer.stop();
    await load?.stop();
  }
  return results;
}

async function main(): Promise<void> {
  const faults = selected();
  if (requested.list) {
    for (const fault of faults)
      console.info(`${fault.number}\t${fault.name}\t${fullRounds(fault)} rounds\t${fault.title}`);
    return;
  }
  if (requested.part) log(`part ${requested.part}: ${faults.map(({ name }) => name).join(', ')}`);
  log(`seed ${requested.seed}: npm run test:faults -- --seed ${requested.seed} repeats the choices of this run`);
  const results = await runAll(faults);
  console.info(`\n${table(known, results)}\n`);
  results.filter(failed).forEach((result) => console.info(`${result.name} FAILED: ${reason(result)}\n`));
  const count = (holds: (result: FaultResult) => boolean) => results.filter(holds).length;
  const notRun = count((result) => result.notRun !== undefined);
  const failures = count(failed);
  console.info(`Faults: ${failures} failed, ${results.length - failures - notRun} passed, ${notRun} not run`);
  if (requested.record) record(results);
  if (failures) process.exitCode = 1;
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    void Promise.all([removeSpares(), ...[...removals].map((remove) => remove())]).finally(() => process.exit(1));
  });
}
main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
