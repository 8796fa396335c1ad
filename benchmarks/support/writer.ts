import { setTimeout as pause } from 'timers/promises';
import { TestCluster } from '../../test/e2e/support/cluster';

/** Commits one row after the other on the primary, in one connection, until its server ends. */
export class Writer {
  public static async start(cluster: TestCluster): Promise<Writer> {
    await cluster.sql(
      0,
      'CREATE DATABASE IF NOT EXISTS bench; CREATE TABLE IF NOT EXISTS bench.commits (id INT AUTO_INCREMENT PRIMARY KEY)',
    );
    const insert = "yes 'INSERT INTO bench.commits VALUES ();' | mysql";
    await cluster.exec(0, `(${insert}) </dev/null &>/tmp/writer.log &`); // its files are redirected, so that the exec can end
    return new Writer(cluster);
  }

  private constructor(private readonly cluster: TestCluster) {}

  /** Runs an action. @returns its result, and the commits per second meanwhile */
  public async during<T>(action: () => Promise<T>): Promise<{ result: T; rate: number }> {
    const [from, start] = [await this.commits(), Date.now()];
    const result = await action();
    return { result, rate: ((await this.commits()) - from) / ((Date.now() - start) / 1000) };
  }

  /** Commits per second without any other action. */
  public async alone(seconds: number): Promise<number> {
    return (await this.during(() => pause(seconds * 1000))).rate;
  }

  private async commits(): Promise<number> {
    return Number(await this.cluster.sql(0, 'SELECT IFNULL(MAX(id), 0) FROM bench.commits'));
  }
}
