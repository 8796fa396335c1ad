/** What `npm run benchmark -- NAME` runs. */
export interface Benchmark {
  readonly name: string;
  /** What it measures, in one line. */
  readonly title: string;
  /** Measures, and prints a Markdown table. `args` are the arguments behind the name. */
  run(args: string[]): Promise<void>;
}
