import { Size } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-28';
import { Credentials, ReplicatedMySqlProps } from '../../lib';
import { synth } from '../support/manifests';

// Kubernetes refuses every change of these fields of an existing StatefulSet, so a release of the library that changes
// one cannot be applied to any existing cluster. NEVER change an expectation here for the same props. New props may add
// cases, and their defaults must keep the existing ones.

function immutableFields(props: ReplicatedMySqlProps, name = 'mysql') {
  const { selector, serviceName, podManagementPolicy, volumeClaimTemplates } = synth(props).get(
    `StatefulSet/${name}`,
  ).spec;
  return { selector, serviceName, podManagementPolicy, volumeClaimTemplates };
}

test('by default', () => {
  expect(immutableFields({})).toEqual({
    selector: { matchLabels: { app: 'mysql' } },
    serviceName: 'mysql',
    podManagementPolicy: 'Parallel',
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
      },
    ],
  });
});

test("the tutorial's cluster", () => {
  const props = { credentials: Credentials.insecure(), podManagementPolicy: PodManagementPolicy.ORDERED_READY };
  expect(immutableFields(props)).toEqual({
    selector: { matchLabels: { app: 'mysql' } },
    serviceName: 'mysql',
    podManagementPolicy: 'OrderedReady',
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
      },
    ],
  });
});

test('with every prop that sets them', () => {
  const props = {
    name: 'orders',
    storage: { size: Size.gibibytes(250), storageClassName: 'fast', accessModes: ['ReadWriteOncePod'] },
    podManagementPolicy: PodManagementPolicy.PARALLEL,
  };
  expect(immutableFields(props, 'orders')).toEqual({
    selector: { matchLabels: { app: 'orders' } },
    serviceName: 'orders',
    podManagementPolicy: 'Parallel',
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOncePod'],
          storageClassName: 'fast',
          resources: { requests: { storage: '250Gi' } },
        },
      },
    ],
  });
});
