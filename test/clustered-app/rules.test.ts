import { Chart, Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { ClusteredApp, ClusteredAppProps, Exposure } from '../../lib';
import { App, resolveApp } from '../../lib/clustered-app/app';
import { appRules } from '../../lib/clustered-app/rules';
import { Rule } from '../../lib/rules/rule';
import { RuleCase, testRulesOf } from '../support/rules';

type Props = Partial<ClusteredAppProps>;

const container: k8s.Container = { name: 'store', image: 'example.com/store:1' };
const mounting = (name: string): k8s.Container => ({ ...container, volumeMounts: [{ name, mountPath: '/data' }] });
const minimal: ClusteredAppProps = { name: 'store', ports: { api: 8080 }, pod: { containers: [container] } };
const data = { name: 'data', size: Size.gibibytes(1) };
const nodePort = (name: string, port: number) => ({ name, exposure: Exposure.nodePort({ nodePort: port }) });

const APP = {
  declare: (chart: Chart, props: Props) => new ClusteredApp(chart, 'store', { ...minimal, ...props }),
  resolve: (chart: Chart, props: Props) => resolveApp(chart, { ...minimal, ...props }),
};

/** It takes two constructs to violate the rules on collisions: clustered-app.test.ts. */
const rulesOnOne: Rule<App>[] = appRules.filter(({ requires }) => !/creates no Service|inside another/.test(requires));

const cases: RuleCase<Props>[] = [
  [
    'pod has a container',
    [
      [
        { pod: { containers: [] } },
        'pod.containers: [] has no container, but a pod needs one. Name one, for example { name: "web", image: "example.com/web:1" }',
      ],
    ],
    [{ pod: { containers: [container] } }],
  ],
  [
    'name is the name of a Service, and leaves room for the suffixes of pods',
    [
      [
        { name: 'My' },
        'name: "My" is not a valid name of a Service. Use lower-case letters, digits and "-", starting with a letter, for example "mysql"',
      ],
      [
        { name: 'x'.repeat(53) },
        `name: "${'x'.repeat(53)}" has 53 characters, too many for the names and labels of its pods. Use at most 52`,
      ],
    ],
    [{ name: 'x'.repeat(52) }],
  ],
  [
    'namespace is a DNS label',
    [
      [
        { namespace: 'Shop' },
        'namespace: "Shop" is not a DNS label. Use at most 63 lower-case letters, digits and "-"',
      ],
    ],
    [{ namespace: 'shop' }],
  ],
  [
    'replicas and update.partition are whole numbers, at least 0',
    [
      [{ replicas: -1 }, 'replicas: -1 is not a number of pods. Use a whole number, at least 0'],
      [{ update: { partition: 0.5 } }, 'update.partition: 0.5 is not an ordinal. Use a whole number, at least 0'],
    ],
    [{ replicas: 0, update: { partition: 0 } }],
  ],
  [
    'ports have names that are DNS labels, and distinct numbers',
    [
      [{ ports: {} }, 'ports: {} has no port, but a Service needs one. Name one, for example { http: 8080 }'],
      ...[0, 1.5, 65_536].map((api): [Props, string] => [
        { ports: { api } },
        `ports.api: ${api} is not a port. Use one from 1 to 65535`,
      ]),
      ...['Api', 'http_alt', '-a', 'x'.repeat(64)].map((name): [Props, string] => [
        { ports: { [name]: 8080 } },
        `ports: "${name}" is not a DNS label. Use at most 63 lower-case letters, digits and "-"`,
      ]),
      [
        { ports: { api: 8080, admin: 8080 } },
        'ports.admin: 8080 is also the number of ports.api. Use another one, or leave it out',
      ],
    ],
    [{ ports: { ['x'.repeat(63)]: 65_535, '80': 1 } }],
  ],
  [
    'claims have distinct names that are DNS labels, positive sizes, and names of storage classes',
    [
      [
        { claims: [{ ...data, storageClassName: 'Fast' }] },
        'claims.data.storageClassName: "Fast" is not the name of a storage class. Use at most 253 lower-case letters, digits, "-" and "."',
      ],
      [
        { claims: [{ name: 'data', size: Size.gibibytes(0) }] },
        'claims.data.size: 0Gi is not a positive size. Use one, for example Size.gibibytes(10)',
      ],
      [{ claims: [data, data] }, 'claims: "data" is the name of two claims. Give one of them another name'],
      [
        { claims: [{ ...data, name: 'My_Data' }] },
        'claims: "My_Data" is not a DNS label. Use at most 63 lower-case letters, digits and "-"',
      ],
    ],
    [{ claims: [data, { ...data, name: '1-log' }] }],
  ],
  [
    'claims have known access modes that can be combined',
    [
      [
        { claims: [{ ...data, accessModes: [] }] },
        'claims.data.accessModes: [] names no mode. Name one, for example ReadWriteOnce',
      ],
      [
        { claims: [{ ...data, accessModes: ['RWO'] }] },
        'claims.data.accessModes: "RWO" is unknown. Use ReadWriteOnce, ReadWriteOncePod, ReadWriteMany or ReadOnlyMany',
      ],
      [
        { claims: [{ ...data, accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] }] },
        'claims.data.accessModes: Kubernetes refuses ReadWriteOncePod, ReadWriteOnce: ReadWriteOncePod cannot be combined with other modes. Use it alone, or leave it out',
      ],
    ],
    [{ claims: [{ ...data, accessModes: ['ReadOnlyMany'] }] }],
  ],
  [
    'pod mounts claims and volumes that exist',
    [
      [
        { claims: [data], pod: { containers: [mounting('date')] } },
        'pod.containers.store.volumeMounts: "date" is neither a claim nor a volume of the pod. Define it in claims or pod.volumes',
      ],
      [
        { pod: { containers: [container], initContainers: [mounting('data')], volumes: [{ name: 'tmp' }] } },
        'pod.initContainers.store.volumeMounts: "data" is neither a claim nor a volume of the pod. Define it in claims or pod.volumes',
      ],
    ],
    [
      {
        claims: [data],
        pod: { containers: [mounting('data')], initContainers: [mounting('tmp')], volumes: [{ name: 'tmp' }] },
      },
    ],
  ],
  [
    'podMetadata does not set the label of the library',
    [
      [
        { podMetadata: { labels: { app: 'x' } } },
        'podMetadata.labels: "app: x" is a label that the library sets. Use another key',
      ],
    ],
    [{ podMetadata: { labels: { team: 'blue' } } }],
  ],
  [
    'services have distinct names of Services',
    [
      ...['', 'My', '1a', 'a.b', 'x'.repeat(64)].map((name): [Props, string] => [
        { services: [{ name }] },
        `services: "${name}" is not a valid name of a Service. Use at most 63 lower-case letters, digits and "-", starting with a letter`,
      ]),
      ...[[{ name: 'api' }, { name: 'api' }], [{ name: 'store' }]].map((services): [Props, string] => [
        { services },
        `services: "${services[0].name}" is the name of two Services. Give one of them another name`,
      ]),
    ],
    [{ services: [{ name: 'api' }, { name: 'x'.repeat(63) }] }],
  ],
  [
    'services.*.sessionAffinity is a whole number of seconds, at most a day',
    [
      [
        { services: [{ name: 'api', sessionAffinity: Duration.days(2) }] },
        'services.api.sessionAffinity: 172800 s is not a whole number of seconds, from 1 second to a day. Use one, for example Duration.hours(3)',
      ],
    ],
    [{ services: [{ name: 'api', sessionAffinity: Duration.days(1) }] }],
  ],
  [
    'services.*.ipFamilyPolicy and ipFamilies are known to Kubernetes, and fit together',
    [
      [
        { services: [{ name: 'api', ipFamilyPolicy: 'DualStack' }] },
        'services.api.ipFamilyPolicy: "DualStack" is unknown. Use SingleStack, PreferDualStack or RequireDualStack',
      ],
      [
        { services: [{ name: 'api', ipFamilies: ['IPv5'] }] },
        'services.api.ipFamilies: [IPv5] is not a list of IP families. Use IPv4, IPv6, or each of them once',
      ],
      [
        { services: [{ name: 'api', ipFamilies: ['IPv4', 'IPv6'] }] },
        'services.api.ipFamilies: [IPv4, IPv6] are two families for a Service of one. Set ipFamilyPolicy to PreferDualStack or RequireDualStack, or leave one out',
      ],
    ],
    [{ services: [{ name: 'api', ipFamilies: ['IPv6', 'IPv4'], ipFamilyPolicy: 'RequireDualStack' }] }],
  ],
  [
    'services.*.exposure has valid options',
    [
      [
        { services: [nodePort('a', 30080), nodePort('b', 30081), nodePort('c', 30080)] },
        'services.c.exposure: nodePort 30080 is also that of services.a. Use another one',
      ],
      [
        { services: [nodePort('a', NaN)] },
        'services.a.exposure: nodePort NaN is not a valid node port. Use one from 30000 to 32767, or leave it out',
      ],
      [
        { services: [{ name: 'api', exposure: Exposure.nodePort({ externalTrafficPolicy: 'local' }) }] },
        'services.api.exposure: externalTrafficPolicy "local" is unknown. Use Local or Cluster',
      ],
      [
        { services: [{ name: 'api', exposure: Exposure.loadBalancer({ loadBalancerClass: 'a b' }) }] },
        'services.api.exposure: loadBalancerClass "a b" is not the name of a class. Use one such as example.com/internal',
      ],
      [
        { services: [{ name: 'api', exposure: Exposure.loadBalancer({ sourceRanges: [] }) }] },
        'services.api.exposure: sourceRanges [] is empty, and Kubernetes reads an empty list as everybody. Name a range, or leave sourceRanges out',
      ],
      [
        { services: [{ name: 'api', exposure: Exposure.loadBalancer({ sourceRanges: ['all'] }) }] },
        'services.api.exposure: sourceRanges "all" is not a CIDR. Use one such as 203.0.113.0/24, or 203.0.113.7/32 for one address',
      ],
      [
        { services: [{ name: 'api', exposure: Exposure.nodePort({ sourceRanges: ['203.0.113.0/24'] }) }] },
        'services.api.exposure: a Service does not enforce the sourceRanges of a NodePort. Use a NetworkPolicy instead',
      ],
    ],
    [
      { services: [nodePort('a', 30080), nodePort('b', 30081)] },
      { services: [{ name: 'api', exposure: Exposure.loadBalancer({ sourceRanges: ['203.0.113.0/24'] }) }] },
    ],
  ],
];

testRulesOf(APP, rulesOnOne, cases);
