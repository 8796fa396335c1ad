import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu, k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import {
  ClaimRetention,
  Client,
  CloneMethod,
  Credentials,
  Destination,
  Exposure,
  Grant,
  Initialize,
  MySqlVersion,
  Password,
  Reads,
  ReplicatedMySql,
  ReplicatedMySqlProps,
  TemporaryFiles,
  Tls,
  TlsVersion,
} from '../../lib';
import { synth, Yaml } from '../support/manifests';
import { violationsOfRestricted } from '../support/pod-security';

// https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
describe.each<[string, ReplicatedMySqlProps]>([
  ['by default', {}],
  ['with insecure credentials', { credentials: Credentials.insecure() }],
])('%s', (_, props) => {
  const pod = synth(props).at('StatefulSet/mysql: spec.template.spec')!;
  const containers = [...list(pod.initContainers), ...list(pod.containers)];

  test('the pod runs as the one user of the image, with seccomp and without a token', () => {
    expect(pod.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 999,
      runAsGroup: 999,
      fsGroup: 999,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  test('the pod shares nothing with its node', () => {
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) expect(pod).not.toHaveProperty(field);
    for (const { name, ...source } of list(pod.volumes)) {
      expect([name, ...Object.keys(source)]).toEqual([name, expect.stringMatching(/^(emptyDir|configMap|secret)$/)]);
    }
  });

  test.each(containers.map((container) => [String(container.name), container]))(
    '%s has no privileges and a read-only root file system',
    (_name, container) => {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      for (const port of list(container.ports)) expect(port).not.toHaveProperty('hostPort');
    },
  );
});

const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const amounts = { cpu: Cpu.units(1), memory: Size.gibibytes(1), ephemeralStorage: Size.gibibytes(1) };
const resources = { requests: amounts, limits: amounts };

/** Values of every prop: one that is missing does not compile. */
const VALUES: { readonly [Prop in keyof Required<ReplicatedMySqlProps>]: ReplicatedMySqlProps[Prop][] } = {
  name: ['orders'],
  namespace: ['shop'],
  replicas: [1, 5],
  serverIdBase: [1000],
  version: ['5.7.44', '8.0.11', '8.0.43', '9.7.4'].map(MySqlVersion.of),
  cloneMethod: [
    CloneMethod.clonePlugin({ parallel: 4, compression: true, maxBandwidth: Size.mebibytes(100) }),
    CloneMethod.xtraBackup(),
    CloneMethod.xtraBackup({ parallel: 4, compression: true, maxBandwidth: Size.mebibytes(100) }),
  ],
  images: [
    { registry: 'registry.example.com', pullPolicy: 'Always', pullSecrets: ['hub'] },
    { xtrabackup: 'registry.example.com/xtrabackup:9.7' },
  ],
  storage: [
    { temporary: TemporaryFiles.emptyDir({ sizeLimit: Size.gibibytes(5) }) },
    { temporary: TemporaryFiles.ephemeral({ size: Size.gibibytes(5) }), size: Size.gibibytes(50) },
    { claimRetention: ClaimRetention.deleteWhenUnused(), storageClassName: 'fast' },
  ],
  resources: [{ mysql: resources, xtrabackup: resources }],
  settings: [{ all: { max_connections: '500' } }],
  credentials: [Credentials.insecure(), Credentials.fromSecret('vault', { root: 'admin' })],
  tls: [
    Tls.generated({ requireTls: true, minimumVersion: TlsVersion.V1_3 }),
    Tls.fromSecret('own'),
    Tls.fromCertManager({ issuer: 'internal' }),
  ],
  databases: [['shop']],
  users: [[{ name: 'shop', password: Password.fromKey('shop'), grants: [Grant.readWrite('shop')] }]],
  initialize: [
    Initialize.ifEmpty({ sql: 'CREATE DATABASE shop;' }),
    Initialize.never(),
    Initialize.fromReplica(),
    Initialize.adopt(),
  ],
  opening: [{ waitForPeers: Duration.minutes(10) }],
  metadata: [{ podLabels: { team: 'blue' }, podAnnotations: { team: 'blue' } }],
  scheduling: [{ nodeSelector: { disk: 'ssd' }, topologySpreadConstraints: [] }],
  extras: [
    {
      containers: [{ name: 'exporter', image: 'example.com/exporter:1', securityContext }],
      initContainers: [{ name: 'before', image: 'example.com/before:1', securityContext }],
      volumes: [{ name: 'login', secret: { secretName: 'login' } }],
      volumeMounts: [{ name: 'login', mountPath: '/login' }],
      env: [{ name: 'TZ', value: 'UTC' }],
    },
  ],
  podManagementPolicy: [PodManagementPolicy.ORDERED_READY],
  update: [{ partition: 1 }],
  network: [{ policy: false }, { clients: [Client.pods()], egress: [Destination.anywhere()] }],
  disruption: [{ budget: false }],
  reads: [
    { from: Reads.fromReplicas(), maxLag: Duration.seconds(30) },
    { from: Reads.fromReplicas({ fallBackToPrimary: false }) },
  ],
  services: [{ read: { exposure: Exposure.loadBalancer({ sourceRanges: ['203.0.113.0/24'] }) } }],
  termination: [{ preStop: Duration.seconds(15), gracePeriod: Duration.minutes(10) }],
};

test('a "restricted" namespace admits the pods of each two options together', () => {
  const single = Object.entries(VALUES).flatMap(([prop, values]) => values.map((value) => ({ [prop]: value })));
  const pairs = single.flatMap((one, i) =>
    single
      .slice(i + 1)
      .filter((other) => Object.keys(one)[0] !== Object.keys(other)[0])
      .map((other) => ({ ...one, ...other })),
  );
  const found = [...single, ...pairs].map((props: ReplicatedMySqlProps) => {
    const cluster = new ReplicatedMySql(new Chart(new App(), 'chart'), 'cluster', props);
    if (cluster.node.validate().length) return undefined; // synth refuses it
    return { props, violations: violationsOfRestricted(cluster.statefulSet.toJson().spec.template.spec) };
  });
  const admitted = found.filter((pair) => pair !== undefined);
  expect(admitted.length).toBeGreaterThan(0.8 * found.length);
  expect(admitted.filter(({ violations }) => violations.length)).toEqual([]);
});

// Each breaks one line of the standard.
test.each<[string, (pod: k8s.PodSpec) => object]>([
  ['hostNetwork', (pod) => ({ ...pod, hostNetwork: true })],
  ['volume data: hostPath', (pod) => ({ ...pod, volumes: [{ name: 'data', hostPath: { path: '/' } }] })],
  [
    'sysctl kernel.msgmax',
    (pod) => ({ ...pod, securityContext: { ...pod.securityContext, sysctls: [{ name: 'kernel.msgmax' }] } }),
  ],
  ['mysql: runAsNonRoot', (pod) => ({ ...pod, securityContext: { seccompProfile: { type: 'RuntimeDefault' } } })],
  ['mysql: seccompProfile', (pod) => ({ ...pod, securityContext: { runAsNonRoot: true } })],
  ...Object.entries({
    allowPrivilegeEscalation: true,
    privileged: true,
    capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] },
    runAsUser: 0,
    runAsNonRoot: false,
    seccompProfile: { type: 'Unconfined' },
    procMount: 'Unmasked',
  }).map(([field, value]): [string, (pod: k8s.PodSpec) => object] => [
    `mysql: ${field}`,
    ({ containers: [mysql], ...pod }) => ({
      ...pod,
      containers: [{ ...mysql, securityContext: { ...mysql.securityContext, [field]: value } }],
    }),
  ]),
])('it refuses %s', (violation, broken) => {
  const pod = synth().at('StatefulSet/mysql: spec.template.spec') as never;
  expect(violationsOfRestricted(pod)).toEqual([]);
  expect(violationsOfRestricted(broken(pod) as never).join()).toContain(violation);
});

function list(nodes: Yaml | undefined): Yaml[] {
  return Object.values(nodes ?? {});
}
