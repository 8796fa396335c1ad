import { existsSync } from 'fs';
import { resolve } from 'path';
import { Duration } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-28';
import { Initialize, ReplicatedMySqlProps } from '../../lib';
import { synth } from '../support/manifests';
import { CONTAINERS, each, has, SERVICES, SPEC, testReach } from '../support/reach';

/** The props that have a test file of their own. */
const FILES = {
  version: 'version/versions',
  cloneMethod: 'clone-method',
  images: 'images',
  extras: 'extras',
  storage: 'storage',
  resources: 'resources',
  settings: 'settings',
  credentials: 'credentials',
  initialize: 'initialize',
  metadata: 'metadata',
  scheduling: 'scheduling',
  update: 'update',
  network: 'network',
  disruption: 'disruption',
  reads: 'reads',
  services: 'services',
  termination: 'termination',
  tls: 'tls',
  databases: 'users',
  users: 'users',
} satisfies Partial<Record<keyof ReplicatedMySqlProps, string>>;

test.each(Object.entries(FILES))('%s has a test file', (_, file) => {
  expect(existsSync(resolve(__dirname, `${file}.test.ts`))).toBe(true);
});

testReach<Exclude<keyof ReplicatedMySqlProps, keyof typeof FILES | 'name'>>({
  namespace: {
    props: { namespace: 'shop' },
    reaches: each(
      ['ConfigMap/mysql', ...SERVICES, 'NetworkPolicy/mysql', 'PodDisruptionBudget/mysql', 'StatefulSet/mysql'],
      ': metadata.namespace',
      undefined,
      'shop',
    ),
  },
  replicas: {
    props: { replicas: 5 },
    reaches: {
      ...each([SPEC], '.replicas', 3, 5),
      ...each(['ConfigMap/mysql: data'], '.replicas', '3', '5'),
    },
  },
  serverIdBase: {
    props: { serverIdBase: 7000 },
    reaches: each(
      [CONTAINERS.init],
      '.command[2]',
      has('$((100 + ${HOSTNAME##*-}))'),
      has('$((7000 + ${HOSTNAME##*-}))'),
    ),
  },
  opening: {
    props: { opening: { waitForPeers: Duration.minutes(10) } },
    reaches: each([CONTAINERS.xtrabackup], '.command[2]', has("local limit=''"), has('local limit=600 ')),
  },
  podManagementPolicy: {
    props: { podManagementPolicy: PodManagementPolicy.ORDERED_READY },
    reaches: {
      ...each([SPEC], '.podManagementPolicy', 'Parallel', 'OrderedReady'),
      ...each(['ConfigMap/mysql: data'], '.podManagementPolicy', 'Parallel', 'OrderedReady'),
    },
  },
});

test('name is the name of every object, and of all references to them', () => {
  const orders = synth({ name: 'orders' });
  expect(orders.names).toEqual([
    'ConfigMap/orders',
    'Service/orders',
    'Service/orders-primary',
    'Service/orders-read',
    'NetworkPolicy/orders',
    'PodDisruptionBudget/orders',
    'StatefulSet/orders',
  ]);
  expect(orders.at('StatefulSet/orders: spec.serviceName')).toBe('orders');
  expect(orders.at('StatefulSet/orders: spec.template.spec.volumes[config-map].configMap.name')).toBe('orders');
  expect(orders.at('StatefulSet/orders: spec.template.spec.volumes[delivered].secret.secretName')).toBe('orders');
  for (const container of ['initContainers[init-mysql]', 'initContainers[clone-mysql]', 'containers[xtrabackup]']) {
    expect(orders.at(`StatefulSet/orders: spec.template.spec.${container}.command[2]`)).toMatch(/\bservice=orders\b/);
  }
});

test('props that change while a cluster runs restart no pod', () => {
  const template = (props: ReplicatedMySqlProps) => synth(props).at('StatefulSet/mysql: spec.template');
  const set = { replicas: 5, initialize: Initialize.never(), update: { partition: 2 } };
  expect(template({ ...set, podManagementPolicy: PodManagementPolicy.ORDERED_READY })).toEqual(template({}));
});
