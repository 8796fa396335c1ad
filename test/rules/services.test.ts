import { Duration } from 'cdk8s';
import { Client, Credentials, Exposure, ReplicatedMySqlProps } from '../../lib';
import { servicesRules } from '../../lib/rules/services';
import { testRules } from '../support/rules';

const read = (exposure: Exposure, more: ReplicatedMySqlProps = {}): ReplicatedMySqlProps => ({
  services: { read: { exposure } },
  ...more,
});
const sourceRanges = ['203.0.113.0/24'];

testRules(servicesRules, [
  [
    'services.*.sessionAffinity is a whole number of seconds, at most a day',
    [0, 0.5, 86_401].map((seconds) => [
      { services: { primary: { sessionAffinity: Duration.millis(seconds * 1000) } } },
      `services.primary.sessionAffinity: ${seconds} s is not a whole number of seconds, from 1 second to a day. Use one, for example Duration.hours(3)`,
    ]),
    [{ services: { read: { sessionAffinity: Duration.days(1) } } }],
  ],
  [
    'services.*.ipFamilyPolicy is known to Kubernetes',
    [
      [
        { services: { primary: { ipFamilyPolicy: 'DualStack' } } },
        'services.primary.ipFamilyPolicy: "DualStack" is unknown. Use SingleStack, PreferDualStack or RequireDualStack',
      ],
    ],
    ['SingleStack', 'PreferDualStack', 'RequireDualStack'].map((ipFamilyPolicy) => ({
      services: { read: { ipFamilyPolicy } },
    })),
  ],
  [
    'services.*.ipFamilies are one or two, as many as the policy has',
    [
      ...[[], ['IPv4', 'IPv4'], ['ipv6']].map((ipFamilies): [ReplicatedMySqlProps, string] => [
        { services: { read: { ipFamilies, ipFamilyPolicy: 'RequireDualStack' } } },
        `services.read.ipFamilies: [${ipFamilies.join(', ')}] is not a list of IP families. Use IPv4, IPv6, or each of them once`,
      ]),
      [
        { services: { read: { ipFamilies: ['IPv4', 'IPv6'] } } },
        'services.read.ipFamilies: [IPv4, IPv6] are two families for a Service of one. Set ipFamilyPolicy to PreferDualStack or RequireDualStack, or leave one out',
      ],
    ],
    [
      { services: { read: { ipFamilies: ['IPv6'] } } },
      { services: { read: { ipFamilies: ['IPv6', 'IPv4'], ipFamilyPolicy: 'PreferDualStack' } } },
    ],
  ],
  [
    'services.*.exposure has a valid nodePort that no other Service has',
    [
      ...[3306, 29_999, 32_768, 30_000.5].map((nodePort): [ReplicatedMySqlProps, string] => [
        read(Exposure.nodePort({ nodePort, sourceRanges })),
        `services.read.exposure: nodePort ${nodePort} is not a valid node port. Use one from 30000 to 32767, or leave it out`,
      ]),
      [
        {
          services: {
            primary: { exposure: Exposure.nodePort({ nodePort: 30_306, sourceRanges }) },
            read: { exposure: Exposure.nodePort({ nodePort: 30_306, sourceRanges }) },
          },
        },
        'services.read.exposure: nodePort 30306 is also that of services.primary. Use another one',
      ],
    ],
    [30_000, 32_767].map((nodePort) => read(Exposure.nodePort({ nodePort, sourceRanges }))),
  ],
  [
    'services.*.exposure has a known externalTrafficPolicy',
    [
      [
        read(Exposure.nodePort({ sourceRanges, externalTrafficPolicy: 'local' })),
        'services.read.exposure: externalTrafficPolicy "local" is unknown. Use Local or Cluster',
      ],
    ],
    [read(Exposure.nodePort({ sourceRanges, externalTrafficPolicy: 'Local' }))],
  ],
  [
    'services.*.exposure has a valid loadBalancerClass',
    ['', 'a b', '/x'].map((loadBalancerClass) => [
      read(Exposure.loadBalancer({ sourceRanges, loadBalancerClass })),
      `services.read.exposure: loadBalancerClass "${loadBalancerClass}" is not the name of a class. Use one such as example.com/internal`,
    ]),
    ['internal', 'service.k8s.aws/nlb'].map((loadBalancerClass) =>
      read(Exposure.loadBalancer({ sourceRanges, loadBalancerClass })),
    ),
  ],
  [
    'services.*.exposure has sourceRanges that are CIDRs',
    [
      ...['', '203.0.113.7', '203.0.113.0/33', '203.0.113/24', '2001:db8::/129', 'all'].map(
        (range): [ReplicatedMySqlProps, string] => [
          read(Exposure.loadBalancer({ sourceRanges: [range] })),
          `services.read.exposure: sourceRanges "${range}" is not a CIDR. Use one such as 203.0.113.0/24, or 203.0.113.7/32 for one address`,
        ],
      ),
      [
        read(Exposure.loadBalancer({ sourceRanges: [] })),
        'services.read.exposure: sourceRanges [] is empty, and Kubernetes reads an empty list as everybody. Name a range, or leave sourceRanges out',
      ],
    ],
    ['0.0.0.0/0', '203.0.113.7/32', '2001:db8::/32'].map((range) =>
      read(Exposure.loadBalancer({ sourceRanges: [range] })),
    ),
  ],
  [
    'services that are exposed name their clients, and the NetworkPolicy admits them',
    [
      [
        read(Exposure.loadBalancer()),
        'services.read.exposure: LoadBalancer reaches no instance, because the NetworkPolicy admits only the pods of the namespace. Set sourceRanges, or name all clients in network.clients',
      ],
      [
        read(Exposure.nodePort({ sourceRanges, externalTrafficPolicy: 'Cluster' })),
        'services.read.exposure: externalTrafficPolicy "Cluster" replaces the addresses of clients by those of nodes, which the NetworkPolicy does not admit. Use Local, or name the nodes in network.clients',
      ],
      [
        read(Exposure.nodePort({ sourceRanges }), { network: { policy: false } }),
        'services.read.exposure: sourceRanges of a NodePort have no effect with network.policy: false, because the NetworkPolicy enforces them. Leave out one of the two',
      ],
      [
        read(Exposure.loadBalancer(), { network: { policy: false } }),
        'services.read.exposure: LoadBalancer admits everybody, because network.policy: false omits the NetworkPolicy. Set sourceRanges; 0.0.0.0/0 means everybody',
      ],
      ...[Exposure.loadBalancer(), Exposure.nodePort({ sourceRanges, externalTrafficPolicy: 'Cluster' })].map(
        (exposure): [ReplicatedMySqlProps, string] => [
          read(exposure, { network: { clients: [] } }),
          `services.read.exposure: ${exposure._type} reaches no instance, because network.clients: [] admits nobody. Name all clients, or leave network.clients out`,
        ],
      ),
    ],
    [
      read(Exposure.nodePort(), { network: { policy: false } }),
      read(Exposure.loadBalancer({ sourceRanges }), { network: { policy: false } }),
      read(Exposure.loadBalancer({ sourceRanges: ['0.0.0.0/0'] }), { network: { policy: false } }),
      read(Exposure.loadBalancer({ externalTrafficPolicy: 'Cluster' }), {
        network: { clients: [Client.cidr('10.0.0.0/8')] },
      }),
      read(Exposure.clusterIp()),
    ],
  ],
  [
    'services are exposed only with passwords',
    [
      [
        read(Exposure.nodePort({ sourceRanges }), { credentials: Credentials.insecure() }),
        'services.read.exposure: NodePort with insecure credentials lets anybody in as root. Use Credentials.fromSecret()',
      ],
    ],
    [read(Exposure.clusterIp(), { credentials: Credentials.insecure() })],
  ],
]);
