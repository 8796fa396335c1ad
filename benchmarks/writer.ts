import { setTimeout as pause } from 'timers/promises';
import { TestCluster } from '../test/e2e/support/cluster';

/** Commits one row after the other on the primary, for ever, in one connection. */
export class Writer {
  public static async start(cluster: TestCluster): Promise<Writer> {
    await cluster.sql(
      0,
      'CREATE DATABASE IF NOT EXISTS bench; CREATE TABLE IF NOT EXISTS bench.commits (id INT AUTO_INCREMENT PRIMARY KEY)',
    );
    const insert = "yes 'INSERT INTO bench.commits VALUES ();' | mysql";
    await cluster.exec(0, `(${insert}) </dev/null &>/tmp/writer.log &`); // nothing of it holds the exec
    return new Writer(cluster);
  }

  private constructor(private readonly cluster: TestCluster) {}

  /** Commits per second while something goes on. */
  public async during<T>(action: () => Promise<T>): Promise<{ result: T; rate: number }> {
    const [from, start] = [await this.commits(), Date.now()];
    const result = await action();
    return { result, rate: ((await this.commits()) - from) / ((Date.now() - start) / 1000) };
  }

  /** Commits per second while nothing else goes on. */
  public async alone(seconds: number): Promise<number> {
    return (await this.during(() => pause(seconds * 1000))).rate;
  }

  private async commits(): Promise<number> {
    return Number(await this.cluster.sql(0, 'SELECT IFNULL(MAX(id), 0) FROM bench.commits'));
  }
}
