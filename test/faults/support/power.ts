import { eventually } from '../../e2e/support/eventually';
import { RoundContext } from '../fault';

/** Cuts the power of the primary's node, restores it after a random time, and waits until mysqld runs again. */
export async function cutPrimary({ cluster, chance, inject, nodes, patience }: RoundContext): Promise<void> {
  const { node, containers } = await cluster.pod(0);
  await chance.moment(5);
  try {
    await inject(() => nodes.cut(node));
    await chance.moment(20);
  } finally {
    await nodes.restore(node);
  }
  await eventually(
    'mysqld of mysql-0 started again',
    async () => {
      const now = (await cluster.pod(0)).containers.mysql;
      if (!now?.running || now.id === containers.mysql.id) throw new Error(JSON.stringify(now));
      return true;
    },
    patience,
  );
}
