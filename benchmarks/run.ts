import { apply } from './apply';
import { Benchmark } from './benchmark';
import { clones } from './clone-methods';
import { idle } from './idle';
import { oltp } from './oltp';
import { ready } from './ready';
import { strangers } from './strangers';
import { synth } from './synth';
import { writeGap } from './write-gap';

const BENCHMARKS: readonly Benchmark[] = [clones, idle, ready, writeGap, apply, oltp, strangers, synth];

async function main([name, ...args]: string[]): Promise<void> {
  const benchmark = BENCHMARKS.find((known) => known.name === name);
  if (benchmark) return benchmark.run(args);
  const list = BENCHMARKS.map((known) => `  ${known.name.padEnd(10)} ${known.title}`);
  throw new Error(['npm run benchmark -- NAME [OPTIONS], with one of these names:', ...list].join('\n'));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
