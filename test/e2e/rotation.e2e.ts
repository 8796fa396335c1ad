import { setTimeout as pause } from 'timers/promises';
import { Duration } from 'cdk8s';
import { Credentials, Grant, Password } from '../../lib';
import { small, TestCluster } from './support/cluster';
import { eventually } from './support/eventually';
import { tryKubectl } from './support/kubectl';
import { random, seed } from './support/random';

const ACCOUNTS = ['root', 'replication', 'backup', 'probe', 'shop'];
const chance = random(seed);

/** The passwords of a round: they occur nowhere else, so that they can be searched for, and each fits replication. */
const passwords = (round: number) =>
  Object.fromEntries(ACCOUNTS.map((account) => [account, `${round} qWeRtZ '"\\${account}`]));

describe('every password changes at once', () => {
  let cluster: TestCluster;
  let round = 0;
  let watching = true;
  let watch: Promise<void>;
  /** When each instance was first seen unready, and the longest that it was, in seconds. */
  const unready = new Map<string, { since?: number; longest: number }>();

  const patch = (values: Record<string, string>) => {
    const stringData = Object.fromEntries(
      Object.entries(values).map(([account, text]) => [`${account}-password`, text]),
    );
    return cluster.kubectl('patch', 'secret', 'mysql', '--patch', JSON.stringify({ stringData }));
  };
  /** Changes all passwords, and delivers them to one pod after the other. */
  const rotate = async () => {
    round += 1;
    await patch(passwords(round));
    for (const ordinal of [0, 1, 2].sort(() => chance() - 0.5)) {
      await cluster.deliver(ordinal).catch(() => {}); // it may be about to be replaced
      await pause(chance() * 5000);
    }
  };
  const login = async (account: string, password: string, host: string) => {
    const command = `MYSQL_PWD=$(cat) mysql --user=${account} --host=${host} -N -e 'SELECT 1' 2>&1`;
    return (await cluster.tryExec(1, 'mysql', command, password)).stdout.trim();
  };
  /** What each account says to a password, on the primary, or in the pod of mysql-1. */
  const logins = (texts: Record<string, string>) =>
    Promise.all([
      login('root', texts.root, 'localhost'),
      login('replication', texts.replication, 'mysql-0.mysql'),
      login('backup', texts.backup, 'mysql-0.mysql'),
      login('probe', texts.probe, '127.0.0.1'),
      login('shop', texts.shop, 'mysql-0.mysql'),
    ]);
  const works = (texts: Record<string, string>) =>
    eventually('the passwords work', async () => {
      const seen = await logins(texts);
      if (seen.some((answer) => answer !== '1')) throw new Error(seen.join('; '));
      return true;
    });
  /** An application that writes on one connection, until that fails or the file `stop` is there; returns what it says. */
  const write = async () => {
    const statements =
      'i=0; until [[ -e /tmp/stop ]]; do echo "INSERT INTO shop.t VALUES ($((i += 1)));"; sleep 0.1; done';
    const client = `MYSQL_PWD='${passwords(round).shop.replace(/'/g, `'\\''`)}' mysql --host=mysql-0.mysql --user=shop 2>&1`;
    const { code, stdout } = await cluster.tryExec(1, 'mysql', `rm -f /tmp/stop; { ${statements}; } | ${client}`);
    return { code, stdout };
  };
  const rows = async () => Number(await cluster.sql(0, 'SELECT COUNT(*) FROM shop.t'));

  beforeAll(async () => {
    cluster = await TestCluster.create('rotation');
    await cluster.createSecret(passwords(0));
    await cluster.apply({
      ...small,
      credentials: Credentials.fromSecret('mysql'),
      databases: ['shop'],
      users: [
        {
          name: 'shop',
          password: Password.fromKey('shop-password', { keepOld: Duration.minutes(10) }),
          grants: [Grant.owner('shop')],
        },
      ],
    });
    await cluster.ready(3);
    await works(passwords(0));
    await eventually('the table', () => cluster.sql(0, 'CREATE TABLE shop.t (id INT PRIMARY KEY)'));
    watch = (async () => {
      while (watching) {
        for (const { name, ready } of await cluster.pods().catch(() => [])) {
          const seen = unready.get(name) ?? { longest: 0 };
          const since = ready ? undefined : (seen.since ?? Date.now());
          unready.set(name, { since, longest: Math.max(seen.longest, since ? (Date.now() - since) / 1000 : 0) });
        }
        await pause(500);
      }
    })();
  });
  afterAll(async () => {
    watching = false;
    await watch;
    await cluster?.destroy();
  });

  test('five times under load, during a clone: no write fails, and no instance leaves the reads', async () => {
    const writing = write();
    await eventually('rows', async () => ((await rows()) ? true : undefined));
    await cluster.loseVolume(2);
    await rotate();
    await cluster.ready(3);
    await works(passwords(round));
    while (round < 5) {
      await rotate();
      await works(passwords(round));
    }
    await cluster.exec(1, 'touch /tmp/stop');
    expect(await writing).toEqual({ code: 0, stdout: '' });
    await cluster.converged(3, ['shop.t']);
    expect(unready.get('mysql-0')!.longest).toBe(0);
    expect(unready.get('mysql-1')!.longest).toBe(0);
  });

  test('once more, with the primary and its memory gone in the middle: nobody is locked out', async () => {
    const before = passwords(round);
    unready.clear();
    round += 1;
    await patch(passwords(round));
    await cluster.restart(0); // its new pod has the new passwords alone; the peers may have the old ones
    await Promise.all([cluster.deliver(1), cluster.deliver(2)]);
    await cluster.ready(3);
    await works(passwords(round));
    await works({ ...passwords(round), replication: before.replication, shop: before.shop });
    expect(unready.get('mysql-1')!.longest).toBe(0);
    expect(unready.get('mysql-2')!.longest).toBe(0);
    expect(unready.get('mysql-0')!.longest).toBeLessThan(60);
    await cluster.converged(3, ['shop.t']);
  });

  test('a Secret that is not whole changes nothing', async () => {
    await patch({ ...passwords(round + 1), root: 'third qWeRtZ\n' });
    await cluster.deliver(0);
    const why = 'key root-password contains a control character, perhaps a newline at its end';
    const line = await cluster.logged(0, 'xtrabackup', `is not whole, so all passwords stay as they are: ${why}`);
    expect(line).toContain('kubectl patch secret mysql --patch');
    await works({ ...passwords(round), shop: passwords(round + 1).shop }); // the account of the application has a key of its own
    await patch({ ...passwords(round), replication: 'qWeRtZ'.repeat(6) });
    await cluster.deliver(0);
    await cluster.logged(0, 'xtrabackup', 'key replication-password has more than 32 bytes');
    await works(passwords(round));
    await patch(passwords(round));
  });

  test('the old passwords end, and the new ones are everywhere', async () => {
    await cluster.sql(
      0,
      "UPDATE mysql.user SET password_last_changed = NOW() - INTERVAL 11 MINUTE WHERE Host <> 'none'",
    );
    await patch({ another: 'x' }); // another change of the Secret makes it look now
    await Promise.all([0, 1, 2].map((ordinal) => cluster.deliver(ordinal)));
    for (const account of ['root', 'replication', 'backup', 'probe', 'shop']) {
      await cluster.logged(0, 'xtrabackup', new RegExp(`the old password of '${account}'@\\S+ is not valid any more`));
    }
    for (let old = 0; old < round; old++) {
      const refused = expect.stringMatching(/^ERROR 1045 /);
      expect(await logins(passwords(old))).toEqual(ACCOUNTS.map(() => refused));
    }
    await works(passwords(round));
    await Promise.all([1, 2].map((ordinal) => cluster.restart(ordinal)));
    await cluster.ready(3);
    await works(passwords(round));
    await cluster.converged(3, ['shop.t']);
  });

  test('no password is in any file or log', async () => {
    for (const ordinal of [0, 1, 2]) {
      const found = 'grep -rl qWeRtZ /var/lib/mysql /tmp /var/run/mysqld || true';
      expect(await cluster.exec(ordinal, found)).toBe('');
      for (const container of ['init-mysql', 'clone-mysql', 'mysql', 'xtrabackup']) {
        const where = ['--namespace', cluster.namespace, 'logs', `mysql-${ordinal}`, '-c', container];
        expect((await tryKubectl(where)).stdout).not.toContain('qWeRtZ');
      }
    }
  });
});
