import { App, Chart, Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import {
  Client,
  CloneMethod,
  ClusteredApp,
  Credentials,
  Destination,
  Exposure,
  Reads,
  ReplicatedMySql,
  ReplicatedMySqlProps,
  TemporaryFiles,
} from '../../lib';

const chart = () => new Chart(new App(), 'chart');

const NOT_WRITTEN =
  'would not be written, as the types of Kubernetes 1.28 have no such field, or another kind of value there. Leave it out, or use these types';

/** Props as plain JavaScript has them, whose types nobody has checked. */
const declare = (props: object) => new ReplicatedMySql(chart(), 'cluster', props);

test.each<[object, string]>([
  [{ credentials: 'mysql' }, 'credentials: "mysql" is not a Credentials. Use Credentials.fromSecret()'],
  [{ credentials: {} }, 'credentials: an object is not a Credentials. Use Credentials.fromSecret()'],
  [{ credentials: null }, 'credentials: null is not a Credentials. Use Credentials.fromSecret()'],
  [
    { version: '8.4' },
    'version: "8.4" is not a MySqlVersion. Use MySqlVersion.V8_4, or MySqlVersion.of() for one release',
  ],
  [
    { initialize: 'never' },
    'initialize: "never" is not an Initialize. Use Initialize.never(), or another of its methods',
  ],
  [
    { cloneMethod: CloneMethod.clonePlugin },
    'cloneMethod: a function is not a CloneMethod. Use CloneMethod.xtraBackup() or CloneMethod.clonePlugin()',
  ],
  [
    { credentials: Credentials.fromSecret('vault', { admin: 'root' } as never) },
    'credentials.keys.admin: is not a prop. Use one of root, replication, backup, probe',
  ],
  [
    { cloneMethod: CloneMethod.clonePlugin(null as never) },
    'cloneMethod: null is not an object. Use CloneMethod.xtraBackup() or CloneMethod.clonePlugin()',
  ],
  [
    { scheduling: { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: {} } } } },
    'scheduling.affinity: has a value of another kind (obj.preferredDuringSchedulingIgnoredDuringExecution?.map is not a function). Use the fields of a k8s.Affinity',
  ],
  [{ network: { clients: [{ podSelector: {} }] } }, 'network.clients[0]: an object is not a Client. Use Client.pods()'],
  [
    { network: { egress: [Client.pods()] } },
    'network.egress[0]: an object is not a Destination. Use Destination.pods()',
  ],
  [
    { network: { clients: [Client.pods({ label: {} } as never)] } },
    'network.clients[0].label: is not a prop. Use one of labels, namespace, namespaceLabels, cidr, except, ports',
  ],
  [
    { network: { egress: [Destination.anywhere({ ports: ['443'] as never })] } },
    'network.egress[0].ports[0]: "443" is not a number. Use 3306',
  ],
  [
    { network: { clients: [Client.cidr(undefined as never)] } },
    'network.clients[0].cidr: null is not a string. Use "203.0.113.0/24"',
  ],
  [
    { credentials: Credentials.fromSecret(undefined as never) },
    'credentials.secret: null is not a string. Use the name of a Secret',
  ],
  [
    { cloneMethod: CloneMethod.xtraBackup({ parallel: '4' } as never) },
    'cloneMethod.parallel: "4" is not a number. Use 4',
  ],
  [
    { cloneMethod: CloneMethod.clonePlugin({ threads: 4 } as never) },
    'cloneMethod.threads: is not a prop. Use one of parallel, compression, maxBandwidth',
  ],
  [
    { reads: { from: Reads.fromReplicas({ fallBackToPrimary: 'no' as never }) } },
    'reads.from.fallBackToPrimary: "no" is not a boolean. Use true or false',
  ],
  [
    { services: { read: { exposure: Exposure.loadBalancer({ sourceRanges: '10.0.0.0/8' as never }) } } },
    'services.read.exposure.sourceRanges: "10.0.0.0/8" is not a list. Use ["203.0.113.0/24"]',
  ],
  [{ replicas: '3' }, 'replicas: "3" is not a number. Use 3'],
  [{ name: 7 }, 'name: 7 is not a string. Use "mysql"'],
  [{ storage: { size: '10Gi' } }, 'storage.size: "10Gi" is not a Size. Use Size.gibibytes(10)'],
  [{ storage: Size }, 'storage: a function is not an object. Use { size: Size.gibibytes(10) }'],
  [
    { storage: { accessModes: 'ReadWriteOnce' } },
    'storage.accessModes: "ReadWriteOnce" is not a list. Use ["ReadWriteOnce"]',
  ],
  [{ images: { pullSecrets: ['hub', 7] } }, 'images.pullSecrets[1]: 7 is not a string. Use "registry"'],
  [
    { resources: { mysql: { limits: { memory: '1Gi' } } } },
    'resources.mysql.limits.memory: "1Gi" is not a Size. Use Size.gibibytes(10)',
  ],
  [
    { storage: { temporary: TemporaryFiles.ephemeral({ size: '50Gi' as never }) } },
    'storage.temporary.size: "50Gi" is not a Size. Use Size.gibibytes(10)',
  ],
  [
    { storage: { temporary: TemporaryFiles.emptyDir(undefined as never) } },
    'storage.temporary.sizeLimit: null is not a Size. Use Size.gibibytes(10)',
  ],
  [{ reads: { maxLag: 30 } }, 'reads.maxLag: 30 is not a Duration. Use Duration.seconds(30)'],
  [{ reads: 'replicas' }, 'reads: "replicas" is not an object. Use { maxLag: Duration.seconds(30) }'],
  [
    { services: { read: { exposure: 'LoadBalancer' } } },
    'services.read.exposure: "LoadBalancer" is not an Exposure. Use Exposure.loadBalancer()',
  ],
  [{ metadata: { podLabels: { team: 7 } } }, 'metadata.podLabels.team: 7 is not a string. Use "value"'],
  [{ network: { policy: 'false' } }, 'network.policy: "false" is not a boolean. Use true or false'],
  [
    { podManagementPolicy: 'ordered' },
    'podManagementPolicy: "ordered" is not a PodManagementPolicy. Use PodManagementPolicy.PARALLEL',
  ],
  [{ network: { client: [] } }, 'network.client: is not a prop. Use one of policy, clients, egress'],
  [
    {
      scheduling: {
        topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'x', later: 1 }],
      },
    },
    `scheduling.topologySpreadConstraints[0].later: ${NOT_WRITTEN}`,
  ],
])('%j is refused before anything is made of it', (props, message) => {
  expect(() => declare(props)).toThrow(new TypeError(`chart/cluster: ${message}`));
});

test.each([null, 'mysql', 3, []])('%j is not the props of a cluster', (props) => {
  expect(() => declare(props as never)).toThrow(/^chart\/cluster: props: .* is not an object\. Use \{\}$/);
});

test('a prop that does not exist is refused, with those that do', () => {
  expect(() => declare({ replica: 3 })).toThrow('chart/cluster: replica: is not a prop. Use one of name, namespace, ');
});

test('all that is wrong is named at once', () => {
  expect(() => declare({ version: '8.4', replicas: '3' })).toThrow(/version: .*\n {2}replicas: /);
});

test('an undefined prop is one that is not given', () => {
  expect(() => declare({ version: undefined, storage: { size: undefined } })).not.toThrow();
});

test('values of another copy of cdk8s are accepted', () => {
  jest.isolateModules(() => {
    const other = require('cdk8s') as typeof import('cdk8s'); // eslint-disable-line @typescript-eslint/no-require-imports
    expect(other.Size).not.toBe(Size);
    const props: ReplicatedMySqlProps = {
      storage: { size: other.Size.gibibytes(20) },
      reads: { maxLag: other.Duration.seconds(30) },
      credentials: Credentials.fromSecret('vault'),
    };
    expect(() => declare(props)).not.toThrow();
  });
});

test('fields that later types of Kubernetes have are refused by name', () => {
  const term = { topologyKey: 'zone', matchLabelKeys: ['pod-template-hash'] };
  const affinity = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
  expect(() => declare({ scheduling: { affinity } })).toThrow(
    `scheduling.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys[0]: ${NOT_WRITTEN}`,
  );
  const pod = {
    resources: { limits: { cpu: k8s.Quantity.fromString('1') } },
    securityContext: { appArmorProfile: { type: 'RuntimeDefault' } },
    containers: [{ name: 'eureka', securityContext: { appArmorProfile: {} } }],
  };
  const app = { name: 'eureka', ports: { http: 8080 }, pod };
  expect(() => new ClusteredApp(chart(), 'app', app as never)).toThrow(
    [
      `chart/app: pod.resources.limits.cpu: ${NOT_WRITTEN}`,
      `pod.securityContext.appArmorProfile.type: ${NOT_WRITTEN}`,
      `pod.containers[0].securityContext.appArmorProfile: ${NOT_WRITTEN}`,
    ].join('\n  '),
  );
});

test('all fields of Kubernetes 1.28 are written', () => {
  const tolerations = [{ key: 'database', operator: 'Exists', tolerationSeconds: 3 }];
  const affinity = { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } };
  const props = { scheduling: { tolerations, affinity }, reads: { maxLag: Duration.seconds(3) } };
  expect(() => declare(props)).not.toThrow();
});

describe('ClusteredApp', () => {
  const app = (props: object) => new ClusteredApp(chart(), 'app', props as never);

  test.each<[object, string]>([
    [
      {},
      'name: is missing. Use "eureka"\n  ports: is missing. Use { http: 8080 }\n  pod: is missing. Use the fields of a k8s.PodSpec',
    ],
    [
      { name: 'eureka', ports: { http: '8080' }, pod: { containers: [{ name: 'eureka', resizePolicies: [] }] } },
      `ports.http: "8080" is not a number. Use 8080\n  pod.containers[0].resizePolicies: ${NOT_WRITTEN}`,
    ],
    [
      { name: 'eureka', ports: { http: 8080 }, pod: { containers: [], resourceClaim: 'gpu' } },
      `pod.resourceClaim: ${NOT_WRITTEN}`,
    ],
    [
      { name: 'eureka', ports: { http: 8080 }, pod: { containers: [] }, claims: [{ name: 'data', size: '1Gi' }] },
      'claims[0].size: "1Gi" is not a Size. Use Size.gibibytes(10)',
    ],
    [
      { name: 'eureka', ports: { http: 8080 }, pod: { containers: [] }, claims: [{}], services: [{}] },
      'claims[0].name: is missing. Use "data"\n  claims[0].size: is missing. Use Size.gibibytes(10)\n  services[0].name: is missing. Use "web"',
    ],
  ])('%j is refused', (props, message) => {
    expect(() => app(props)).toThrow(new TypeError(`chart/app: ${message}`));
  });
});
