import { Duration } from 'cdk8s';
import { CertManagerOptions, MySqlVersion, ReplicatedMySqlProps, Tls, TlsVersion } from '../../lib';
import { tlsRules } from '../../lib/rules/tls';
import { testRules } from '../support/rules';

const managed = (options: Partial<CertManagerOptions>): ReplicatedMySqlProps => ({
  namespace: 'shop',
  tls: Tls.fromCertManager({ issuer: 'internal', ...options }),
});
const old = (patch: number) => MySqlVersion.of(`8.0.${patch}`);
const renewal = (renewBefore: Duration, duration?: Duration) => managed({ renewBefore, duration });

testRules(tlsRules, [
  [
    'the server must be able to exchange its certificate',
    [
      [
        { version: old(15), tls: Tls.fromSecret('own') },
        'tls: MySQL 8.0.15 cannot exchange its certificate while it runs. Use Tls.generated(), or 8.0.16 or later',
      ],
    ],
    [
      { version: old(16), tls: Tls.fromSecret('own') },
      { version: old(15), tls: Tls.generated() },
    ],
  ],
  [
    'old servers do not know TLS 1.3',
    [
      [
        { version: old(15), tls: Tls.generated({ minimumVersion: TlsVersion.V1_3 }) },
        'tls.minimumVersion: MySQL 8.0.15 does not know TLS 1.3. Use TlsVersion.V1_2, or 8.0.16 or later',
      ],
    ],
    [
      { version: old(15), tls: Tls.generated({ minimumVersion: TlsVersion.V1_2 }) },
      { version: old(16), tls: Tls.generated({ minimumVersion: TlsVersion.V1_3 }) },
    ],
  ],
  [
    'the Secret has a valid name',
    ['', 'My_Secret', 'x'.repeat(254)].map((secret) => [
      { tls: Tls.fromSecret(secret) },
      `tls: "${secret}" is not a valid name of a Secret. Use at most 253 lower-case letters, digits, "-" and "."`,
    ]),
    [{ tls: Tls.fromSecret('a.b-c') }],
  ],
  [
    'cert-manager needs a namespace',
    [
      [
        { ...managed({}), namespace: undefined },
        'tls: a certificate of cert-manager needs the namespace of the cluster, which its names end in. Set namespace, here or in the chart',
      ],
    ],
    [managed({}), { tls: Tls.fromSecret('own') }],
  ],
  [
    'the host of the primary fits into 60 characters before 8.0.17',
    [
      [
        { version: old(16), name: 'orders', namespace: 'x'.repeat(27), tls: Tls.fromSecret('own') },
        `tls: replicas verify "orders-0.orders.${'x'.repeat(27)}.svc.cluster.local", but CHANGE MASTER TO of MySQL 8.0.16 accepts at most 60 characters. Use 8.0.17 or later, or shorter names`,
      ],
    ],
    [
      { version: old(16), name: 'orders', namespace: 'x'.repeat(26), tls: Tls.fromSecret('own') },
      { version: old(17), name: 'orders', namespace: 'x'.repeat(27), tls: Tls.fromSecret('own') },
    ],
  ],
  [
    'the domain is one',
    ['', 'Cluster.local', 'cluster..local', '-a'].map((clusterDomain) => [
      managed({ clusterDomain }),
      `tls.clusterDomain: "${clusterDomain}" is not a DNS domain. Use for example "cluster.local"`,
    ]),
    [managed({ clusterDomain: 'k8s.example.com' })],
  ],
  [
    'the issuer has a name',
    ['', 'My Issuer'].map((issuer) => [
      managed({ issuer }),
      `tls.issuer: "${issuer}" is not the name of an issuer. Use at most 253 lower-case letters, digits, "-" and "."`,
    ]),
    [managed({ issuer: 'internal-2' })],
  ],
  [
    'the kind of the issuer is one',
    ['', 'issuer', 'Cluster Issuer'].map((kind) => [
      managed({ kind }),
      `tls.kind: "${kind}" is not a kind. Use for example "Issuer" or "ClusterIssuer"`,
    ]),
    [managed({ kind: 'AWSPCAClusterIssuer' })],
  ],
  [
    'the group of the issuer is one',
    ['', 'cert_manager'].map((group) => [
      managed({ group }),
      `tls.group: "${group}" is not an API group. Use for example "cert-manager.io"`,
    ]),
    [managed({ group: 'awspca.cert-manager.io' })],
  ],
  [
    'cert-manager takes no shorter duration',
    [
      [
        managed({ duration: Duration.minutes(59) }),
        'tls.duration: 3540 s is not a whole number of seconds, at least 3600. Use one, for example Duration.days(90)',
      ],
    ],
    [managed({ duration: Duration.hours(1) })],
  ],
  [
    'cert-manager takes no later renewal',
    [
      [
        renewal(Duration.seconds(299)),
        'tls.renewBefore: 299 s is not a whole number of seconds, at least 300. Use one, for example Duration.days(30)',
      ],
    ],
    [renewal(Duration.minutes(5))],
  ],
  [
    'a certificate is not renewed before it begins',
    [
      [
        renewal(Duration.hours(2), Duration.hours(2)),
        'tls.renewBefore: 7200 s is not less than the duration, 7200 s. Use for example a third of it',
      ],
      [
        renewal(Duration.days(90)),
        'tls.renewBefore: 7776000 s is not less than the duration, 7776000 s. Use for example a third of it',
      ],
    ],
    [renewal(Duration.hours(1), Duration.hours(2)), renewal(Duration.days(89))],
  ],
  [
    'settings and tls do not set the same',
    [
      [
        { settings: { all: { tls_version: 'TLSv1.2' } }, tls: Tls.generated({ minimumVersion: TlsVersion.V1_3 }) },
        'settings: tls_version is set by the prop tls as well. Leave it out of one of the two',
      ],
      [
        { settings: { replica: { 'require-secure-transport': 'OFF' } }, tls: Tls.generated({ requireTls: true }) },
        'settings: require-secure-transport is set by the prop tls as well. Leave it out of one of the two',
      ],
    ],
    [
      { settings: { all: { tls_version: 'TLSv1.2' } }, tls: Tls.generated({ requireTls: true }) },
      { settings: { all: { 'require-secure-transport': 'ON' } }, tls: Tls.fromSecret('own') },
    ],
  ],
]);
