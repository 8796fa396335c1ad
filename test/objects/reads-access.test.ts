import { Reads } from '../../lib';
import { synth, Yaml } from '../support/manifests';

const props = { name: 'orders', namespace: 'shop', reads: { from: Reads.fromReplicas() } };
const manifests = synth(props);

test('by default there is no ServiceAccount', () => {
  expect(synth().names.filter((name) => /Account|Role/.test(name))).toEqual([]);
});

test('the ServiceAccount may patch the pods of the cluster and list endpoint slices, and nothing else', () => {
  expect(manifests.get('Role/orders').rules).toEqual([
    {
      apiGroups: [''],
      resources: ['pods/status'],
      verbs: ['patch'],
      resourceNames: ['orders-0', 'orders-1', 'orders-2'],
    },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list'] },
  ]);
  expect(manifests.get('RoleBinding/orders')).toMatchObject({
    roleRef: { kind: 'Role', name: 'orders' },
    subjects: [{ kind: 'ServiceAccount', name: 'orders', namespace: 'shop' }],
  });
});

test('only the sidecar has its token', () => {
  const pod = manifests.at('StatefulSet/orders: spec.template.spec')!;
  expect(manifests.get('ServiceAccount/orders').automountServiceAccountToken).toBe(false);
  expect(pod.automountServiceAccountToken).toBe(false);
  const containers: Yaml[] = [...Object.values(pod.initContainers), ...Object.values(pod.containers)];
  const mounting = containers.filter(({ volumeMounts }) =>
    Object.values(volumeMounts).some(({ name }) => String(name) === 'api'),
  );
  expect(mounting.map(({ name }) => name)).toEqual(['xtrabackup']);
});

test('its objects are applied before the pods that need them', () => {
  expect(manifests.names.slice(-4)).toEqual([
    'ServiceAccount/orders',
    'Role/orders',
    'RoleBinding/orders',
    'StatefulSet/orders',
  ]);
});

test('no template has the label, because pods that serve no reads would carry it', () => {
  expect(manifests.at('StatefulSet/orders: spec.template.metadata.labels[replicated-mysql/reads]')).toBe(undefined);
});
