import { Credentials } from '../../../lib';
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
    title: 'all passwords in the Secret change, pods restart, and the old ones return',
    heals: true,
    quick: false,
    props: { credentials: Credentials.fromSecret('mysql') },
    passwords: passwords('first'),
    async round(context) {
      const { cluster, chance, inject } = context;
      const restarted = chance.pick([[0], [1], [1, 2], [0, 1, 2]]);
      try {
        await inject(async () => {
          await setSecret(context, 'second');
          await deletePods(cluster, restarted, 5);
        });
        await cluster.ready();
      } finally {
        await setSecret(context, 'first');
      }
    },
  },
];
