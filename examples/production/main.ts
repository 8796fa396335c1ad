import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-28';
import { Credentials, MySqlVersion, ReplicatedMySql } from '../../lib'; // in your own app: 'cdk8s-replicated-mysql'

// A cluster that holds data. The namespace, the Secret, the storage class and the priority class exist before.
const app = new App();
const name = 'orders';

const over = (topologyKey: string, whenUnsatisfiable: string): k8s.TopologySpreadConstraint => ({
  topologyKey,
  whenUnsatisfiable,
  maxSkew: 1,
  labelSelector: { matchLabels: { app: name } },
});

new ReplicatedMySql(new Chart(app, 'database', { namespace: 'shop' }), 'mysql', {
  name,
  // One release: the tag of a series moves. With a digest, also `images: { server: 'mysql:8.4.6@sha256:…' }`.
  version: MySqlVersion.of('8.4.6'),
  credentials: Credentials.fromSecret(name),
  // After the first rollout: `initialize: Initialize.never()`. See docs/tasks/first-rollout.md.
  storage: { size: Size.gibibytes(200), storageClassName: 'fast' },
  resources: {
    // Request and limit of memory are equal, so no neighbour can take it. The buffer pool and max_connections follow the
    // limit. Without a limit, CPU that is idle is used. Logs and temporary files on the node have a bound.
    mysql: {
      requests: { cpu: Cpu.units(2), memory: Size.gibibytes(8), ephemeralStorage: Size.gibibytes(2) },
      limits: { memory: Size.gibibytes(8), ephemeralStorage: Size.gibibytes(2) },
    },
    xtrabackup: {
      requests: { cpu: Cpu.millis(100), memory: Size.gibibytes(1), ephemeralStorage: Size.gibibytes(1) },
      limits: { memory: Size.gibibytes(1), ephemeralStorage: Size.gibibytes(1) },
    },
  },
  scheduling: {
    priorityClassName: 'database',
    // These replace the default, which spreads over nodes.
    topologySpreadConstraints: [
      over('topology.kubernetes.io/zone', 'DoNotSchedule'),
      over('kubernetes.io/hostname', 'ScheduleAnyway'),
    ],
  },
  // Longer than a restart of the primary takes: while it is away, reads end after this time.
  reads: { maxLag: Duration.minutes(10) },
  // The default budget lets a drain take one instance at a time.
});
app.synth();
