import { Fault } from './commands';

/** The commands between whose calls the state of a volume changes. */
const CHANGING = ['touch', 'mkdir', 'mysqld', 'mysqladmin', 'mysql', 'xbstream', 'xtrabackup', 'sync', 'mv', 'rm'];

type Step = Pick<Fault, 'command' | 'argument' | 'call'>;

/** Each call of a command failing. */
export const failures = (steps: Step[]): Fault[] => steps.map((step) => ({ ...step, effect: 'fails' }));

/** Of commands that change nothing and are called again and again, just the first call and the last. */
export const withoutRepetitions = (steps: Step[]): Step[] =>
  steps.filter(({ command, call }) => {
    const calls = steps.filter((step) => step.command === command).length;
    return CHANGING.includes(command) || call === 1 || call === calls;
  });

/** A kill before and after each call of a command that changes something. */
export const kills = (steps: Step[]): Fault[] =>
  steps
    .filter(({ command }) => CHANGING.includes(command))
    .flatMap((step): Fault[] => [
      { ...step, effect: 'killed before' },
      { ...step, effect: 'killed after' },
    ]);

/** Tries each fault, a few at a time, and returns what is wrong: `fault: problem` for each problem that `attempt` throws. */
export async function problems(faults: Fault[], attempt: (fault: Fault) => Promise<void>): Promise<string[]> {
  const found: string[] = [];
  const left = [...faults];
  const worker = async () => {
    for (let fault = left.shift(); fault; fault = left.shift()) {
      try {
        await attempt(fault);
      } catch (error) {
        found.push(
          `${fault.command} ${fault.argument ?? ''} ${fault.call} ${fault.effect}: ${(error as Error).message}`,
        );
      }
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  return found;
}
