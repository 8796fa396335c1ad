import { Fault } from './commands';

/** The commands that change a volume or a server. */
const CHANGING = ['touch', 'mkdir', 'mysqld', 'mysqladmin', 'mysql', 'xbstream', 'xtrabackup', 'sync', 'mv', 'rm'];

type Step = Pick<Fault, 'command' | 'argument' | 'call'>;

/** One fault per step: the command fails. */
export const failures = (steps: Step[]): Fault[] => steps.map((step) => ({ ...step, effect: 'fails' }));

/** Drops the repeated calls of commands that change nothing: only the first and the last call remain. */
export const withoutRepetitions = (steps: Step[]): Step[] =>
  steps.filter(({ command, call }) => {
    const calls = steps.filter((step) => step.command === command).length;
    return CHANGING.includes(command) || call === 1 || call === calls;
  });

/** Two faults per step that changes something: a kill before it and a kill after it. */
export const kills = (steps: Step[]): Fault[] =>
  steps
    .filter(({ command }) => CHANGING.includes(command))
    .flatMap((step): Fault[] => [
      { ...step, effect: 'killed before' },
      { ...step, effect: 'killed after' },
    ]);

/** Runs `attempt` with each fault, three at a time. Returns `fault: message` for each error that `attempt` throws. */
export async function tryFaults(faults: Fault[], attempt: (fault: Fault) => Promise<void>): Promise<string[]> {
  const problems: string[] = [];
  const remaining = [...faults];
  const worker = async () => {
    for (let fault = remaining.shift(); fault; fault = remaining.shift()) {
      try {
        await attempt(fault);
      } catch (error) {
        problems.push(
          `${fault.command} ${fault.argument ?? ''} ${fault.call} ${fault.effect}: ${(error as Error).message}`,
        );
      }
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  return problems;
}
