import { TestCluster } from '../../e2e/support/cluster';
import { whileAway } from './away';

/** Exchanges the data directory of an instance for another one while its pod is away. The unused one is in a hidden directory. */
export async function exchangeData(cluster: TestCluster, ordinal: number, keepAs: string, take: string): Promise<void> {
  await whileAway(cluster, ordinal, () =>
    cluster.onVolume(ordinal, `cd /mnt/data && mv mysql .${keepAs} && mv .${take} mysql`),
  );
}

/** Copies the data directory of an instance while its pod is away, as a snapshot of a stopped server would. */
export async function copyData(cluster: TestCluster, ordinal: number, as: string): Promise<void> {
  await whileAway(cluster, ordinal, () =>
    cluster.onVolume(ordinal, `cd /mnt/data && rm -rf .${as} && cp -a mysql .${as}`),
  );
}

/** Makes a second cluster of the same name on the same volumes, and leaves its data in a hidden directory of each. */
export async function makeEarlierCluster(cluster: TestCluster, instances: number, as: string): Promise<void> {
  const everywhere = async (script: string) => {
    await cluster.scale(0);
    for (let ordinal = 0; ordinal < instances; ordinal++) await cluster.onVolume(ordinal, `cd /mnt/data && ${script}`);
    await cluster.scale(instances);
    await cluster.ready(instances);
  };
  await everywhere('mv mysql .current');
  await cluster.sql(0, 'CREATE DATABASE earlier');
  await cluster.converged(instances);
  await everywhere(`rm -rf .${as} && mv mysql .${as} && mv .current mysql`);
}
