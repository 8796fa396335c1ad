import { Credentials } from '../../../lib';
import { eventually } from '../../e2e/support/eventually';
import { Fault, RoundContext } from '../fault';
import { deletePods } from '../support/deletions';

const ACCOUNTS = ['root', 'replication', 'backup', 'probe'];
const passwords = (kind: string) =>
  Object.fromEntries(ACCOUNTS.map((account) => [account, `${kind} ${account} 1"'\\`]));

async function setSecret({ cluster }: RoundContext, kind: string): Promise<void> {
  const data = Object.entries(passwords(kind)).map(([account, password]) => [`${account}-password`, password]);
  const patch = JSON.stringify({ stringData: Object.fromEntries(data) });
  await cluster.kubectl('patch', 'secret', 'mysql', '--patch', patch);
}

export const secrets: Fault[] = [
  {
    name: 'wrong-secret',
    number: 20,
    title: 'a wrong Secret replaces the right one, pods restart, and the right one returns',
    heals: true,
    quick: false,
    props: { credentials: Credentials.fromSecret('mysql') },
    passwords: passwords('right'),
    async round(context) {
      const { cluster, chance, inject } = context;
      const restarted = chance.pick([[0], [1], [1, 2], [0, 1, 2]]);
      try {
        await inject(async () => {
          await setSecret(context, 'wrong');
          await deletePods(cluster, restarted, 5);
        });
        for (const ordinal of restarted) {
          await cluster.verdict(ordinal, /^unready\b.*Access denied/, 240);
          await eventually(`mysql-${ordinal} not ready`, async () =>
            (await cluster.pod(ordinal)).ready ? undefined : true,
          );
        }
      } finally {
        await setSecret(context, 'right');
      }
    },
  },
];
