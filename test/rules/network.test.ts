import { Client, Destination, ReplicatedMySqlProps } from '../../lib';
import { networkRules } from '../../lib/rules/network';
import { testRules } from '../support/rules';

const clients = (...clients: Client[]): ReplicatedMySqlProps => ({ network: { clients } });
const egress = (...egress: Destination[]): ReplicatedMySqlProps => ({ network: { egress } });

testRules(networkRules, [
  [
    'network.clients and network.egress need a NetworkPolicy',
    [
      ...[[], [Client.pods()]].map((clients): [ReplicatedMySqlProps, string] => [
        { network: { policy: false, clients } },
        'network.clients: has no effect with network.policy: false, which omits the NetworkPolicy. Leave out one of the two',
      ]),
      [
        { network: { policy: false, egress: [] } },
        'network.egress: has no effect with network.policy: false, which omits the NetworkPolicy. Leave out one of the two',
      ],
    ],
    [clients(), egress(), { network: { policy: true, clients: [Client.pods()], egress: [Destination.anywhere()] } }],
  ],
  [
    'whoever names clients of another port also names those of the server',
    [
      [
        clients(Client.pods({ namespace: 'monitoring', ports: [9104] })),
        'network.clients: replaces the default, and none of them reaches port 3306. Add those that do, for example Client.pods() for all pods of the namespace',
      ],
    ],
    [
      clients(Client.pods(), Client.pods({ ports: [9104] })),
      clients(Client.pods({ ports: [3306, 33_060] })),
      egress(Destination.pods({ ports: [9104] })),
    ],
  ],
  [
    'a namespace is found by its name or by its labels',
    [
      [
        clients(Client.pods({ namespace: 'shop', namespaceLabels: {} })),
        'network.clients[0].namespaceLabels: namespace "shop" names the namespace already. Leave out one of the two',
      ],
      [
        egress(Destination.anywhere(), Destination.pods({ namespace: 'Shop' })),
        'network.egress[1].namespace: "Shop" is not a name of a namespace. Use lower-case letters, digits and "-", for example "shop"',
      ],
    ],
    [clients(Client.pods({ namespace: 'shop-2' }), Client.pods({ namespaceLabels: {}, labels: { app: 'shop' } }))],
  ],
  [
    'ports are named, and none is that of the instances',
    [
      [
        egress(Destination.anywhere({ ports: [] })),
        'network.egress[0].ports: [] is empty, and Kubernetes reads an empty list as all ports. Name a port, or leave ports out',
      ],
      ...[0, 65_536, 1.5, NaN].map((port): [ReplicatedMySqlProps, string] => [
        egress(Destination.pods({ ports: [443, port] })),
        `network.egress[0].ports: ${port} is not a port. Use one from 1 to 65535`,
      ]),
      ...[3307, 3308, 3309].map((port): [ReplicatedMySqlProps, string] => [
        clients(Client.pods(), Client.cidr('10.0.0.0/8', { ports: [port] })),
        `network.clients[1].ports: ${port} is for the other instances only. Leave it out`,
      ]),
    ],
    [egress(Destination.pods({ ports: [1, 65_535, 3307] }))],
  ],
  [
    'ranges are CIDRs, and exceptions are parts of them',
    [
      ...['203.0.113.0', '203.0.113.0/33', 'example.com/24', ''].map((cidr): [ReplicatedMySqlProps, string] => [
        clients(Client.cidr(cidr)),
        `network.clients[0].cidr: "${cidr}" is not a CIDR. Use one such as 203.0.113.0/24, or 203.0.113.7/32 for one address`,
      ]),
      [
        egress(Destination.cidr('203.0.113.0/24', { except: ['203.0.113.7'] })),
        'network.egress[0].except: "203.0.113.7" is not a CIDR. Use one such as 203.0.113.0/24, or 203.0.113.7/32 for one address',
      ],
      ...['203.0.113.0/24', '203.0.112.0/23', '198.51.100.7/32', '2001:db8::/64'].map(
        (range): [ReplicatedMySqlProps, string] => [
          clients(Client.cidr('203.0.113.0/24', { except: [range] })),
          `network.clients[0].except: "${range}" is not a part of 203.0.113.0/24. Use a smaller range within it`,
        ],
      ),
    ],
    [
      clients(
        Client.cidr('203.0.113.0/24', { except: ['203.0.113.7/32', '203.0.113.128/25'] }),
        Client.cidr('0.0.0.0/0', { except: ['10.0.0.0/8'] }),
        Client.cidr('2001:db8::/32', { except: ['2001:db8:1::/48'] }),
      ),
    ],
  ],
]);
