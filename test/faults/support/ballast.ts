import { TestCluster } from '../../e2e/support/cluster';
import { eventually } from '../../e2e/support/eventually';
import { Killer, running } from '../../e2e/support/killer';

// The name starts with a dot because the scripts refuse a volume with other files that are not theirs.
const FILE = '/mnt/data/.ballast';

const FREE = `df -m /mnt/data | awk 'END { print $4 }'`;

export async function freeMebibytes(cluster: TestCluster, ordinal: number): Promise<number> {
  return Number(await cluster.exec(ordinal, FREE, 'xtrabackup'));
}

/** Fills the volume of an instance except for some MiB. */
export function leaveFree(cluster: TestCluster, ordinal: number, mebibytes: number): Promise<string> {
  // The size may not fit: df rounds up, and the server writes meanwhile. So each attempt takes one MiB less.
  const attempt = `rm -f ${FILE}; if fallocate -l "$(($(${FREE}) - ${mebibytes} - less))"m ${FILE}; then ${FREE}; exit; fi`;
  return cluster.onVolume(ordinal, `for less in 0 1 2 3 4 5; do ${attempt}; done; exit 1`);
}

/**
 * Fills the volume of an instance except for some MiB as soon as its clone begins.
 *
 * @returns false if no clone began
 */
export async function leaveFreeDuringClone(
  killer: Killer,
  cluster: TestCluster,
  ordinal: number,
  mebibytes: number,
): Promise<boolean> {
  await running(cluster, ordinal, 'clone-mysql');
  const { node, containers } = await cluster.pod(ordinal);
  // Runs on the node, through the file system of a process that has mounted the volume: a pod would start too late.
  const script = `
    for p in /proc/[0-9]*; do ! grep -q ${containers['clone-mysql'].id} $p/cgroup || break; done
    cd $p/root/mnt/data || exit
    until [ -d mysql.staging ]; do [ -d $p ] || exit; sleep 0.1; done
    size=$(($(stat -f -c '%a * %S' .) / 1048576 - ${mebibytes}))
    fallocate -l "$size"m .ballast`;
  return (await killer.on(node, script)).code === 0;
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
  const target = (await capacity()) + mebibytes;
  const spec = { resources: { requests: { storage: `${target}Mi` } } };
  await cluster.kubectl('patch', 'pvc', claim, '--patch', JSON.stringify({ spec }));
  await eventually(`${claim} of ${target} MiB`, async () => {
    const now = await capacity();
    if (now < target) throw new Error(`${now} MiB`);
    return true;
  });
}

function mebibytesOf(quantity: string): number {
  const [, number, unit] = /^(\d+)([MG]i)$/.exec(quantity) ?? [];
  if (!number) throw new Error(`capacity ${quantity} is neither in Mi nor in Gi`);
  return Number(number) * (unit === 'Gi' ? 1024 : 1);
}
