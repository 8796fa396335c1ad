import { TestCluster } from '../../e2e/support/cluster';
import { eventually } from '../../e2e/support/eventually';

// Its name begins with a dot: the scripts refuse a volume with anything else that is not theirs.
const FILE = '/mnt/data/.ballast';

const FREE = `df -m /mnt/data | awk 'END { print $4 }'`;

/** Takes the room of an instance's volume but for so many MiB. */
export function leaveFree(cluster: TestCluster, ordinal: number, mebibytes: number): Promise<string> {
  return cluster.onVolume(ordinal, fill(mebibytes));
}

/** The same, from the moment on at which a clone begins to come. */
export function leaveFreeDuringClone(cluster: TestCluster, ordinal: number, mebibytes: number): Promise<string> {
  return cluster.onVolume(ordinal, `until [ -d /mnt/data/mysql.staging ]; do sleep 0.1; done; ${fill(mebibytes)}`);
}

function fill(mebibytes: number): string {
  return `size=$(($(${FREE}) - ${mebibytes})); fallocate -l "$size"m ${FILE}; ${FREE}`;
}

export function removeBallast(cluster: TestCluster, ordinal: number): Promise<string> {
  return cluster.onVolume(ordinal, `rm ${FILE}`);
}

/** Grows the claim of an instance, and waits until its file system has grown. */
export async function grow(cluster: TestCluster, ordinal: number, mebibytes: number): Promise<void> {
  const claim = `data-mysql-${ordinal}`;
  const capacity = async () => {
    const { status } = JSON.parse(await cluster.kubectl('get', 'pvc', claim, '-o', 'json'));
    return mebibytesOf(status.capacity.storage);
  };
  const wanted = (await capacity()) + mebibytes;
  const spec = { resources: { requests: { storage: `${wanted}Mi` } } };
  await cluster.kubectl('patch', 'pvc', claim, '--patch', JSON.stringify({ spec }));
  await eventually(`${claim} of ${wanted} MiB`, async () => {
    const now = await capacity();
    if (now < wanted) throw new Error(`${now} MiB`);
    return true;
  });
}

function mebibytesOf(quantity: string): number {
  const [, number, unit] = /^(\d+)([MG]i)$/.exec(quantity) ?? [];
  if (!number) throw new Error(`a capacity of ${quantity}: expected Mi or Gi`);
  return Number(number) * (unit === 'Gi' ? 1024 : 1);
}
