import { readFileSync } from 'fs';
import { resolve } from 'path';
import { EXAMPLES } from '../support/examples';
import { Manifests } from '../support/manifests';
import { violationsOfRestricted } from '../support/pod-security';
import { synthFile } from '../support/synth-file';

const manifests = new Map(EXAMPLES.map((name) => [name, Manifests.parse(synthFile(`examples/${name}/main.ts`))]));
const example = (name: string) => manifests.get(name)!;

test.each(EXAMPLES)('%s synthesizes', (name) => {
  expect(example(name).names).toContainEqual(expect.stringMatching(/^StatefulSet\//));
});

// https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
test.each(EXAMPLES)('a "restricted" namespace admits the pods of %s, and each container has requests', (name) => {
  const pods = example(name).all.flatMap(({ spec }) => spec?.template?.spec ?? []);
  expect(pods.length).toBeGreaterThan(0);
  expect(pods.flatMap(violationsOfRestricted)).toEqual([]);
  for (const { initContainers = [], containers } of pods) {
    for (const { resources } of [...Object.values(initContainers), ...Object.values(containers)]) {
      expect(resources.requests).toMatchObject({ cpu: expect.anything(), memory: expect.anything() });
    }
  }
});

test('examples/README.md lists every example', () => {
  const text = readFileSync(resolve(__dirname, '../../examples/README.md'), 'utf8');
  const listed = [...text.matchAll(/^\| \[([^\]]*)\]/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual([...EXAMPLES].sort());
});

test('own-app: the app connects to the endpoints of the cluster', () => {
  const env = example('own-app').at('Deployment/shop: spec.template.spec.containers[shop].env');
  expect(env).toEqual(
    expect.arrayContaining([
      { name: 'DATABASE_WRITE', value: 'shop-db-0.shop-db:3306' },
      { name: 'DATABASE_READ', value: 'shop-db-read:3306' },
    ]),
  );
});

test('production: a pinned release, limits, a place in each zone, and reads that are bounded', () => {
  const production = example('production');
  const pod = production.at('StatefulSet/orders: spec.template.spec')!;
  expect(production.all.map(({ metadata }) => metadata.namespace)).toEqual(production.all.map(() => 'shop'));
  expect(pod.priorityClassName).toBe('database');
  expect(Object.values(pod.topologySpreadConstraints).map(({ topologyKey }) => topologyKey)).toEqual([
    'topology.kubernetes.io/zone',
    'kubernetes.io/hostname',
  ]);
  const containers = Object.values(pod.containers).map(({ image, resources }) => [image, resources.limits.memory]);
  expect(containers).toEqual([
    ['mysql:8.4.6', '8Gi'],
    ['mysql:8.4.6', '1Gi'],
  ]);
  const [credentials] = Object.values(pod.volumes).filter(({ secret }) => secret);
  expect(credentials.secret.secretName).toBe('orders');
  expect(production.at('PodDisruptionBudget/orders: spec.maxUnavailable')).toBe(1);
  expect(production.at('ConfigMap/orders: data[primary.cnf]')).toContain('\nmax-connections=475\n');
});

test('eureka: two nodes of a service registry, with their Service and volumes', () => {
  const eureka = example('eureka');
  expect(eureka.names).toEqual(['Service/eureka', 'Service/eureka-lb', 'StatefulSet/eureka']);
  expect(eureka.get('StatefulSet/eureka').spec).toMatchObject({
    replicas: 2,
    podManagementPolicy: 'Parallel',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    volumeClaimTemplates: [
      {
        spec: {
          storageClassName: 'shared-files',
          accessModes: ['ReadWriteOnce', 'ReadWriteMany', 'ReadOnlyMany'],
          resources: { requests: { storage: '1Gi' } },
        },
      },
    ],
  });
  const container = eureka.at('StatefulSet/eureka: spec.template.spec.containers[eureka]');
  expect(container).toMatchObject({
    livenessProbe: { tcpSocket: { port: 8761 } },
    readinessProbe: { httpGet: { path: '/actuator/health', port: 8761 } },
  });
  expect(eureka.at('Service/eureka-lb: metadata.annotations')).toEqual({
    'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
  });
});
