import { Killer } from '../e2e/support/killer';
import { Fault } from './fault';
import { faults as known } from './cases';
import { inTurns } from './support/in-turns';
import { Nodes } from './support/nodes';
import { options } from './support/options';
import { record } from './support/record';
import {
  allMissed,
  failed,
  FaultResult,
  fullRun,
  keepResults,
  LAST_RESULTS,
  reason,
  RoundResult,
} from './support/results';
import { FaultRun, summary } from './support/run-fault';
import { table } from './support/table';
import { versions } from './support/versions';

const asked = options(process.argv.slice(2));
/** Clusters that the next fault of the same needs goes on with; full runs make one for each fault. */
const spares: FaultRun[] = [];
/** Faults that have not begun. */
const ahead = new Set<Fault>();
const removals = new Set<() => Promise<void>>();
const say = (line: string) => console.info(`${new Date().toISOString().slice(11, 19)} ${line}`);

function selected(): Fault[] {
  const unknown = asked.faults.filter((name) => !known.some((fault) => fault.name === name));
  if (unknown.length) throw new Error(`no fault is named ${unknown.join(' or ')}; --list names them`);
  const chosen = known.filter(({ name }) => !asked.faults.length || asked.faults.includes(name));
  return asked.clonePlugin ? chosen.filter((fault) => !fault.xtrabackup) : chosen;
}

async function runFault(fault: Fault, killer: Killer): Promise<FaultResult> {
  const { name, number, title, heals } = fault;
  const about = {
    name,
    number,
    title,
    heals,
    seed: asked.seed,
    date: new Date().toISOString(),
    versions: await versions(),
  };
  const notRun = fault.nodes ? Nodes.missing : undefined;
  if (notRun) {
    say(`fault ${number} ${name} skipped: ${notRun}`);
    return { ...about, notRun, rounds: [] };
  }
  const rounds: RoundResult[] = [];
  ahead.delete(fault);
  const spare = spares.findIndex((run) => run.suits(fault));
  const run = await FaultRun.create(fault, killer, asked, spare < 0 ? undefined : spares.splice(spare, 1)[0]);
  const remove = () => run.cluster.destroy();
  removals.add(remove);
  let healthy = false;
  try {
    await run.start();
    const count = asked.rounds ?? fullRun(fault);
    for (let round = 1; round <= count || (allMissed(rounds) && round <= count + 2); round++) {
      rounds.push(await run.round(round));
      say(`fault ${number} ${name} round ${round}/${count}: ${summary(rounds[round - 1])}`);
      if (rounds[round - 1].failure !== undefined) break;
    }
    const result = { ...about, server: await run.cluster.sql(0, 'SELECT VERSION()'), rounds };
    healthy = !failed(result);
    return result;
  } catch (error) {
    say(`fault ${number} ${name} FAILED before its first round: ${String(error)}`);
    return { ...about, rounds, failure: String(error) };
  } finally {
    await handOn(run, healthy);
    removals.delete(remove);
  }
}

/** Keeps a cluster for a fault that is still ahead, or removes it. */
async function handOn(run: FaultRun, healthy: boolean): Promise<void> {
  if (healthy && asked.rounds !== undefined && [...ahead].some((fault) => run.suits(fault))) {
    try {
      await run.rest();
      spares.push(run);
      return;
    } catch (error) {
      say(`a cluster cannot be used again: ${String(error)}`);
    }
  }
  if (!asked.keep) await run.cluster.destroy();
}

async function removeSpares(): Promise<void> {
  await Promise.all(spares.splice(0).map((run) => run.cluster.destroy()));
}

async function main(): Promise<void> {
  const faults = selected();
  if (asked.list) {
    for (const fault of faults)
      console.info(`${fault.number}\t${fault.name}\t${fullRun(fault)} rounds\t${fault.title}`);
    return;
  }
  say(`seed ${asked.seed}: npm run test:faults -- --seed ${asked.seed} repeats this run's choices`);
  faults.forEach((fault) => ahead.add(fault));
  const killer = await Killer.start();
  removals.add(() => killer.stop());
  const results: FaultResult[] = [];
  try {
    const one = async (fault: Fault) => {
      const result = await runFault(fault, killer);
      results.push(result);
      if (!asked.clonePlugin) keepResults(LAST_RESULTS, [result]);
    };
    const alone = (fault: Fault) => Boolean(fault.alone || fault.nodes);
    await inTurns(
      faults.filter((fault) => !alone(fault)),
      asked.atOnce,
      one,
    );
    await removeSpares();
    await inTurns(faults.filter(alone), 1, one);
  } finally {
    await removeSpares();
    await killer.stop();
  }
  results.sort((a, b) => a.number - b.number);
  console.info(`\n${table(results)}\n`);
  results.filter(failed).forEach((result) => console.info(`${result.name} FAILED: ${reason(result)}\n`));
  const count = (holds: (result: FaultResult) => boolean) => results.filter(holds).length;
  const notRun = count((result) => result.notRun !== undefined);
  const failures = count(failed);
  console.info(`Faults: ${failures} failed, ${results.length - failures - notRun} passed, ${notRun} not run`);
  if (asked.record) record(known, results);
  if (results.some(failed)) process.exitCode = 1;
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    void Promise.all([removeSpares, ...removals].map((remove) => remove())).finally(() => process.exit(1));
  });
}
main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
