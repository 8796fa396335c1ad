import { setTimeout as pause } from 'timers/promises';
import { Client, Credentials } from '../../../lib';
import { CLONE_PORT, MYSQL_PORT, PEER_PORT } from '../../../lib/names';
import { verdict } from '../../e2e/support/verdict';
import { Fault, RoundContext } from '../fault';
import { restarted, withFreshPod } from '../support/restarts';
import { SlowConnections } from '../support/slow-connections';
import { Stranger } from '../support/stranger';

const PASSWORDS = {
  root: 'secret of root',
  replication: 'secret of replication',
  backup: 'secret of backup',
  probe: 'secret of probe',
};

/** An answer that only a peer may get, the hash of a password, or a password. */
const LEAK = /(state|offer|refused|lacks|certificate|stream)\||\$A\$005\$|secret of/;

function clonesServed(logs: string[]): number {
  return logs.join('\n').split('serving a clone').length;
}

async function sidecarLogs({ cluster, instances }: RoundContext): Promise<string[]> {
  return Promise.all(Array.from({ length: instances }, (_, ordinal) => cluster.logs(ordinal, 'xtrabackup')));
}

async function containersOf({ cluster }: RoundContext): Promise<string> {
  return JSON.stringify((await cluster.pods()).map(({ name, uid, containers }) => [name, uid, containers]));
}

/** How many connections every listener goes on holding for strangers: gawk's keeps 32 that have not asked. */
const HELD = 16;

export const strangers: Fault[] = [
  {
    name: 'stranger',
    number: 19,
    title:
      'a foreign pod attacks the peer port and 3306, with and without a NetworkPolicy: it starts nothing and learns nothing',
    heals: true,
    quick: false,
    readsGoOn: true,
    passwords: PASSWORDS,
    props: {
      credentials: Credentials.fromSecret('mysql'),
      network: { clients: [Client.pods({ labels: { app: 'load' } })] },
    },
    async round(context) {
      const { cluster, inject, instances, props } = context;
      const hosts = Array.from({ length: instances }, (_, ordinal) => `mysql-${ordinal}.mysql`);
      const [before, served] = [await containersOf(context), clonesServed(await sidecarLogs(context))];
      const stranger = await Stranger.start(cluster);
      try {
        for (const port of [MYSQL_PORT, PEER_PORT, CLONE_PORT])
          if (await stranger.reaches(hosts[0], port))
            throw new Error(`the NetworkPolicy lets a stranger reach ${port}`);
        await cluster.kubectl('delete', 'networkpolicy', 'mysql');
        if (!(await stranger.reaches(hosts[0], PEER_PORT))) throw new Error('the stranger reaches no port to attack');
        if (await stranger.reaches(hosts[0], CLONE_PORT)) throw new Error('the clone port is open while nobody clones');
        const heard = await inject(() => stranger.attack(hosts));
        const leak = heard.split('\n').find((line) => LEAK.test(line));
        if (leak) throw new Error(`a stranger was told: ${leak}`);
        if (!heard.includes('denied')) throw new Error(`no attack was denied: ${heard.slice(0, 500)}`);
        for (let ordinal = 0; ordinal < instances; ordinal++)
          await cluster.exec(ordinal, '[[ ! -e /tmp/injected ]]', 'xtrabackup');
        if (clonesServed(await sidecarLogs(context)) !== served) throw new Error('a stranger started a clone');
        if ((await containersOf(context)) !== before)
          throw new Error(`containers have changed: ${await containersOf(context)}`);
      } finally {
        await stranger.stop();
        await cluster.apply(props);
      }
    },
  },
  {
    name: 'slow-connections',
    number: 32,
    title:
      'a pod with the labels of an instance and without a password holds 200 slow or silent connections to the peer port of each instance: nothing flaps, and a replica whose mysqld is killed comes back',
    heals: true,
    quick: false,
    passwords: PASSWORDS,
    props: { credentials: Credentials.fromSecret('mysql') },
    async round(context) {
      const { cluster, chance, inject, instances, killer, long, patience } = context;
      const hosts = Array.from({ length: instances }, (_, ordinal) => `mysql-${ordinal}.mysql`);
      const replica = chance.replica(instances);
      await withFreshPod(cluster, replica);
      const slow = await inject(() => SlowConnections.start(cluster, hosts));
      try {
        await staysReady(context, long ? 300 : 60);
        await restarted(cluster, replica, 'mysql', () => killer.kill(cluster, replica, 'mysql', 'mysqld'));
        await cluster.ready(instances, patience);
        await cluster.verdict(replica, verdict('replicating', 'from mysql-0'));
        await staysReady(context, 30);
        if ((await slow.held()) < HELD * instances) throw new Error('the connections are gone');
      } finally {
        await slow.stop();
      }
    },
  },
];

/** Fails if an instance is not ready, or a replica does not replicate, at any look within these seconds. */
async function staysReady({ cluster, instances }: RoundContext, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const unready = (await cluster.pods()).filter(({ ready }) => !ready).map(({ name }) => name);
    if (unready.length) throw new Error(`${unready.join(', ')} not ready`);
    for (let ordinal = 1; ordinal < instances; ordinal++) {
      const status = await cluster.exec(ordinal, 'cat /var/run/mysqld/status', 'xtrabackup');
      if (!verdict('replicating', '').test(status)) throw new Error(`mysql-${ordinal}: ${status}`);
    }
    await pause(1000);
  }
}
