import { Duration, Size } from 'cdk8s';
import { Cpu, PodManagementPolicy } from 'cdk8s-plus-28';
import { ClaimRetention, Client, Credentials, Exposure, Initialize, MySqlVersion, Reads, TemporaryFiles } from '../lib';
import { synthYaml } from './support/manifests';
import { synthMain } from './tutorial/differences';

test('main.ts: the cluster of the tutorial', () => {
  expect(synthMain()).toMatchSnapshot();
});

test('the defaults of the library', () => {
  expect(synthYaml()).toMatchSnapshot();
});

test('a cluster with every prop set', () => {
  const yaml = synthYaml({
    name: 'orders',
    namespace: 'shop',
    replicas: 5,
    serverIdBase: 7000,
    version: MySqlVersion.V8_4,
    images: {
      server: 'example.com/mysql:mine',
      xtrabackup: 'example.com/xtrabackup:mine',
      pullPolicy: 'Always',
      pullSecrets: ['hub'],
    },
    storage: {
      size: Size.tebibytes(1),
      storageClassName: 'fast',
      accessModes: ['ReadWriteOncePod'],
      claimRetention: ClaimRetention.deleteWhenScaledDown(),
      temporary: TemporaryFiles.ephemeral({ size: Size.gibibytes(50), storageClassName: 'fast' }),
    },
    resources: {
      mysql: { requests: { cpu: Cpu.units(4), memory: Size.gibibytes(16) }, limits: { memory: Size.gibibytes(16) } },
      xtrabackup: {
        requests: { cpu: Cpu.millis(250) },
        limits: { memory: Size.gibibytes(1), ephemeralStorage: Size.gibibytes(2) },
      },
    },
    settings: {
      all: { innodb_buffer_pool_size: '12G' },
      primary: { max_connections: '500' },
      replica: { replica_parallel_workers: '8' },
    },
    credentials: Credentials.fromSecret('vault', { root: 'admin' }),
    initialize: Initialize.never(),
    metadata: {
      podLabels: { team: 'blue' },
      podAnnotations: { 'example.com/scrape': 'true' },
      serviceLabels: { team: 'blue' },
      serviceAnnotations: { 'example.com/dns': 'orders-db' },
    },
    scheduling: {
      affinity: { podAntiAffinity: {} },
      tolerations: [{ key: 'database', operator: 'Exists' }],
      nodeSelector: { disk: 'ssd' },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
      priorityClassName: 'important',
    },
    podManagementPolicy: PodManagementPolicy.PARALLEL,
    update: { partition: 2 },
    network: { clients: [Client.pods({ labels: { 'talks-to': 'orders' } })] },
    disruption: { maxUnavailable: 2 },
    reads: { from: Reads.fromReplicas(), maxLag: Duration.seconds(30) },
    services: {
      primary: {
        exposure: Exposure.loadBalancer({
          sourceRanges: ['203.0.113.0/24'],
          loadBalancerClass: 'example.com/internal',
        }),
        annotations: { 'example.com/internal': 'true' },
      },
      read: { exposure: Exposure.nodePort({ nodePort: 30306 }), sessionAffinity: Duration.hours(1) },
    },
    termination: { preStop: Duration.seconds(15), gracePeriod: Duration.minutes(20) },
  });
  expect(yaml).toMatchSnapshot();
});
