import { setTimeout as pause } from 'timers/promises';
import { TestCluster } from '../../e2e/support/cluster';
import { eventually } from '../../e2e/support/eventually';
import { verdict } from '../../e2e/support/verdict';
import { Fault, RoundContext } from '../fault';
import { whileAway } from '../support/away';
import { deletePods } from '../support/deletions';
import { withoutDns } from '../support/dns';

const READS_GO_ON = verdict('detached', 'reads go on without the primary');

async function expectReadyReplicas({ cluster, instances }: RoundContext): Promise<void> {
  for (let ordinal = 1; ordinal < instances; ordinal++) {
    await cluster.verdict(ordinal, READS_GO_ON);
    if (!(await cluster.pod(ordinal)).ready) throw new Error(`mysql-${ordinal} is not ready without the primary`);
  }
}

async function waitUntilDnsIsGone(cluster: TestCluster, ordinal: number): Promise<void> {
  await eventually(`no DNS in mysql-${ordinal}`, async () => {
    const { code } = await cluster.tryExec(ordinal, 'xtrabackup', 'timeout 3 getent ahosts mysql-0.mysql');
    return code === 0 ? undefined : true;
  });
}

export const absences: Fault[] = [
  {
    name: 'primary-away',
    number: 15,
    title: 'the primary is away for ten minutes (20 s with --rounds): reads go on',
    heals: true,
    quick: false,
    patience: 600,
    readsGoOn: true,
    async round(context) {
      const { cluster, inject, long } = context;
      await inject(() =>
        whileAway(cluster, 0, async () => {
          await expectReadyReplicas(context);
          await pause((long ? 600 : 20) * 1000); // the length of the fault
          await expectReadyReplicas(context);
        }),
      );
    },
  },
  {
    name: 'dns-gone',
    number: 21,
    title: 'DNS is gone for a minute (20 s with --rounds): existing connections go on',
    heals: true,
    quick: false,
    readsGoOn: true,
    async round(context) {
      const { cluster, inject, long, instances } = context;
      await inject(() =>
        withoutDns(cluster, async () => {
          await waitUntilDnsIsGone(cluster, 1);
          await pause((long ? 60 : 20) * 1000); // the length of the fault
          const unready = (await cluster.pods()).filter(({ ready }) => !ready).map(({ name }) => name);
          if (unready.length) throw new Error(`without DNS, ${unready.join(', ')} of ${instances} are not ready`);
        }),
      );
    },
  },
  {
    name: 'restarted-without-dns',
    number: 21,
    title: 'an instance restarts while DNS is gone for a minute (20 s with --rounds)',
    heals: true,
    quick: false,
    async round(context) {
      const { cluster, chance, inject, instances, long } = context;
      const ordinal = chance.pick(Array.from({ length: instances }, (_, n) => n));
      await inject(() =>
        withoutDns(cluster, async () => {
          await deletePods(cluster, [ordinal], 5);
          await pause((long ? 60 : 20) * 1000); // the length of the fault
        }),
      );
    },
  },
  {
    name: 'first-start-without-dns',
    number: 27,
    title: "DNS is gone during the primary's first start: nothing is initialized until DNS returns",
    heals: true,
    quick: false,
    load: false,
    async round({ cluster, chance, inject, instances, patience }) {
      await cluster.scale(0);
      await cluster.kubectl('delete', 'pvc', '--all', '--timeout=300s');
      const missed = await inject(() =>
        withoutDns(cluster, async () => {
          await cluster.kubectl('scale', 'statefulset', 'mysql', `--replicas=${instances}`);
          // A policy reaches the pod's node some time after the pod, which may have found itself in DNS before.
          const found = await cluster.logged(0, 'init-mysql', /not initialized yet: DNS does not|initialized cluster/);
          if (found.includes('initialized cluster')) return 'missed';
          await chance.moment(15);
          const files = await cluster.exec(0, 'ls -A /mnt/data', 'init-mysql');
          if (files.includes('mysql')) throw new Error(`initialized without DNS: ${files}`);
          return undefined;
        }),
      );
      await cluster.ready(instances, patience);
      const ids = await cluster.sql(0, 'SELECT COUNT(*) FROM replicated_mysql.cluster');
      if (ids !== '1') throw new Error(`the cluster has ${ids} ids`);
      await cluster.converged(instances, ['replicated_mysql.cluster', 'mysql.user']);
      return missed;
    },
  },
];
