import { TestCluster } from '../../e2e/support/cluster';
import { whileAway } from './away';

/** Takes another data directory for the one of an instance, whose pod starts anew; both are in hidden directories of the volume. */
export async function exchangeData(cluster: TestCluster, ordinal: number, keepAs: string, take: string): Promise<void> {
  await whileAway(cluster, ordinal, () =>
    cluster.onVolume(ordinal, `cd /mnt/data && mv mysql .${keepAs} && mv .${take} mysql`),
  );
}

/** Keeps a copy of the data directory of an instance, as a snapshot of a stopped server would. */
export async function copyData(cluster: TestCluster, ordinal: number, as: string): Promise<void> {
  await whileAway(cluster, ordinal, () =>
    cluster.onVolume(ordinal, `cd /mnt/data && rm -rf .${as} && cp -a mysql .${as}`),
  );
}

/** Makes a second cluster of the same name on the same volumes, and leaves its data on each of them in a hidden directory. */
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
  await everywhere(`mv mysql .${as} && mv .current mysql`);
}
