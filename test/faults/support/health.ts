import { TestCluster } from '../../e2e/support/cluster';
import { eventually } from '../../e2e/support/eventually';

/** Waits until all instances are ready and each has a commit that is made now. */
export async function healthy(cluster: TestCluster, instances: number, patience: number): Promise<void> {
  const end = Date.now() + patience * 1000;
  const left = () => Math.max(1, (end - Date.now()) / 1000);
  await cluster.ready(instances, left());
  const mark = `${Date.now()}`;
  const write = `CREATE TABLE IF NOT EXISTS faults.marks (mark BIGINT PRIMARY KEY); REPLACE INTO faults.marks VALUES (${mark})`;
  await eventually(
    'a commit on the primary',
    () => cluster.sql(0, `CREATE DATABASE IF NOT EXISTS faults; ${write}`),
    left(),
  );
  for (let ordinal = 1; ordinal < instances; ordinal++) {
    await eventually(
      `the primary's last commit on mysql-${ordinal}`,
      async () => (await cluster.sql(ordinal, `SELECT mark FROM faults.marks WHERE mark = ${mark}`)) || undefined,
      left(),
    );
  }
  await cluster.ready(instances, left());
}
