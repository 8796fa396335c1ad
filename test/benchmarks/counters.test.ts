import { activity, difference, parseCounters, sum } from '../../benchmarks/support/counters';

/** /proc/uptime and /proc/stat of a machine with two processors. */
const counters = (uptime: string, cpu: string, processes: number) => `${uptime} 100.00
cpu  ${cpu}
cpu0 1 1 1 1 1 1 1 1 0 0
intr 125024800 0 0
ctxt 391554293
processes ${processes}
procs_running 3
`;

const from = parseCounters(counters('1000.50', '100 10 50 7000 300 1 2 3 40 0', 5000));
const to = parseCounters(counters('1180.50', '3000 40 700 20000 900 5 16 33 90 0', 8600));

test('idle time, waiting for disks, and time of the hypervisor and of guests are no CPU time of a machine', () => {
  expect(from.busy).toBeCloseTo(1.63);
});

test('an activity is the difference of the counters, by the time between them', () => {
  expect(activity(from, to).cpu).toBeCloseTo(((37.61 - 1.63) / 180) * 1000);
  expect(activity(from, to).started).toBeCloseTo(1200);
});

test('activities of machines add up, and that of the empty cluster is taken off', () => {
  const [a, b] = [
    { cpu: 200, started: 1000 },
    { cpu: 50, started: 10 },
  ];
  expect(sum([a, b])).toEqual({ cpu: 250, started: 1010 });
  expect(difference(a, b)).toEqual({ cpu: 150, started: 990 });
});

test.each(['', '12.1 3\nprocesses 1\n', '12.1 3\ncpu  1 2 3 4 5 6 7\n'])('%j is refused', (text) => {
  expect(() => parseCounters(text)).toThrow('not /proc/uptime and /proc/stat');
});
