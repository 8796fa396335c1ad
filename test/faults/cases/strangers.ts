import { Credentials } from '../../../lib';
import { Fault, Run } from '../fault';
import { Stranger } from '../support/stranger';

const PASSWORDS = {
  root: 'secret of root',
  replication: 'secret of replication',
  backup: 'secret of backup',
  probe: 'secret of probe',
};

/** What would be an answer to a peer, a hash of a password, or a password. */
const LEAK = /(state|stream|refused|busy|lacks)\||\$A\$005\$|secret of/;

function clonesServed(logs: string[]): number {
  return logs.join('\n').split('serving a clone').length;
}

async function sidecarLogs({ cluster, instances }: Run): Promise<string[]> {
  return Promise.all(Array.from({ length: instances }, (_, ordinal) => cluster.logs(ordinal, 'xtrabackup')));
}

async function restarts({ cluster }: Run): Promise<string> {
  return JSON.stringify((await cluster.pods()).map(({ name, uid, containers }) => [name, uid, containers]));
}

export const strangers: Fault[] = [
  {
    name: 'stranger',
    number: 19,
    title:
      'a foreign pod talks to the clone port and to 3306, with and without a NetworkPolicy: nothing starts, nothing leaks',
    heals: true,
    quick: false,
    readsGoOn: true,
    passwords: PASSWORDS,
    props: {
      credentials: Credentials.fromSecret('mysql'),
      network: {
        clients: [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['stranger'] }] } }],
      },
    },
    async round(run) {
      const { cluster, inject, instances, props } = run;
      const hosts = Array.from({ length: instances }, (_, ordinal) => `mysql-${ordinal}.mysql`);
      const [before, served] = [await restarts(run), clonesServed(await sidecarLogs(run))];
      const stranger = await Stranger.start(cluster);
      try {
        for (const port of [3306, 3307])
          if (await stranger.reaches(hosts[0], port))
            throw new Error(`the NetworkPolicy lets a stranger reach ${port}`);
        await cluster.kubectl('delete', 'networkpolicy', 'mysql');
        if (!(await stranger.reaches(hosts[0], 3307))) throw new Error('the stranger reaches nothing to attack');
        const heard = await inject(() => stranger.attack(hosts));
        const leak = heard.split('\n').find((line) => LEAK.test(line));
        if (leak) throw new Error(`a stranger was told: ${leak}`);
        if (!heard.includes('denied')) throw new Error(`nobody denied anything: ${heard.slice(0, 500)}`);
        for (let ordinal = 0; ordinal < instances; ordinal++)
          await cluster.exec(ordinal, '[[ ! -e /tmp/injected ]]', 'xtrabackup');
        if (clonesServed(await sidecarLogs(run)) !== served) throw new Error('a stranger started a clone');
        if ((await restarts(run)) !== before) throw new Error(`containers have changed: ${await restarts(run)}`);
      } finally {
        await stranger.stop();
        await cluster.apply(props);
      }
    },
  },
];
