import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Size } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-28';
import { Credentials, ReplicatedMySqlProps } from '../../lib';
import { Manifests, synth } from '../support/manifests';
import { synthMain } from '../tutorial/differences';

// Kubernetes refuses every change of these fields of an existing StatefulSet, so a release of the library that changes
// one cannot be applied to any existing cluster. NEVER change an expectation here for the same props. New props may add
// cases, and their defaults must keep the existing ones. Kubernetes adds the fields of ADDED where they are missing, so
// they may come and go.

const ADDED = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } };

const immutableFields = (props: ReplicatedMySqlProps, name?: string) => immutableFieldsOf(synth(props), name);

function immutableFieldsOf(manifests: Manifests, name = 'mysql') {
  const { selector, serviceName, podManagementPolicy, volumeClaimTemplates } = manifests.get(
    `StatefulSet/${name}`,
  ).spec;
  const claims = Object.values(volumeClaimTemplates).map(({ spec, ...claim }) => ({
    ...ADDED,
    ...claim,
    spec: { volumeMode: 'Filesystem', ...spec },
  }));
  return { selector, serviceName, podManagementPolicy, volumeClaimTemplates: claims };
}

const claim = (spec: object) => [{ ...ADDED, metadata: { name: 'data' }, spec: { volumeMode: 'Filesystem', ...spec } }];

test('by default', () => {
  expect(immutableFields({})).toEqual({
    selector: { matchLabels: { app: 'mysql' } },
    serviceName: 'mysql',
    podManagementPolicy: 'Parallel',
    volumeClaimTemplates: claim({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } }),
  });
});

test("the tutorial's cluster", () => {
  const props = { credentials: Credentials.insecure(), podManagementPolicy: PodManagementPolicy.ORDERED_READY };
  expect(immutableFields(props)).toEqual({
    selector: { matchLabels: { app: 'mysql' } },
    serviceName: 'mysql',
    podManagementPolicy: 'OrderedReady',
    volumeClaimTemplates: claim({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } }),
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
    volumeClaimTemplates: claim({
      accessModes: ['ReadWriteOncePod'],
      storageClassName: 'fast',
      resources: { requests: { storage: '250Gi' } },
    }),
  });
});

test('claim templates are written as Kubernetes returns them', () => {
  expect(synth().at('StatefulSet/mysql: spec.volumeClaimTemplates[data]')).toEqual(
    claim({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } })[0],
  );
});

describe('main.ts over the YAML of an earlier commit', () => {
  const DIRECTORY = join(__dirname, 'earlier-manifests');
  const now = Manifests.parse(synthMain());

  describe.each(readdirSync(DIRECTORY))('%s', (file) => {
    const earlier = Manifests.parse(readFileSync(join(DIRECTORY, file), 'utf8'));

    test('keeps the immutable fields', () => {
      expect(immutableFieldsOf(now)).toEqual(immutableFieldsOf(earlier));
    });

    test('keeps every object: kubectl apply deletes none', () => {
      expect(now.names).toEqual(expect.arrayContaining(earlier.names));
    });

    test('selects only by labels that the earlier pods have', () => {
      const { labels } = earlier.get('StatefulSet/mysql').spec.template.metadata;
      const first = { ...labels, 'statefulset.kubernetes.io/pod-name': 'mysql-0' }; // Kubernetes adds this one
      for (const name of now.names.filter((name) => name.startsWith('Service/')))
        expect(first).toMatchObject(now.get(name).spec.selector);
    });
  });
});
