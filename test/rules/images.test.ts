import { MySqlVersion, ReplicatedMySqlProps } from '../../lib';
import { imagesRules } from '../../lib/rules/images';
import { testRules } from '../support/rules';

testRules(imagesRules, [
  [
    'images.pullPolicy is one of three',
    ['', 'always', 'Sometimes'].map((pullPolicy) => [
      { images: { pullPolicy } },
      `images.pullPolicy: "${pullPolicy}" is unknown. Use Always, IfNotPresent or Never`,
    ]),
    ['Always', 'IfNotPresent', 'Never'].map((pullPolicy) => ({ images: { pullPolicy } })),
  ],
  [
    'images.server and images.xtrabackup are image references',
    (['server', 'xtrabackup'] as const).flatMap((image) =>
      ['', ' ', 'example.com/my image:8.4', 'image:$(id)', 'example.com/image:mine\n', 'https://example.com/image'].map(
        (text): [ReplicatedMySqlProps, string] => [
          { images: { [image]: text } },
          `images.${image}: ${JSON.stringify(text)} is not an image reference. Use letters, digits and . _ - / : @ [ ], without a scheme, for example registry.example.com/image:tag`,
        ],
      ),
    ),
    ['image:mine', 'localhost:5000/image:mine', 'example.com/a/image@sha256:1234'].map((image) => ({
      images: { server: image, xtrabackup: image },
    })),
  ],
  [
    'images.server and images.xtrabackup name a release',
    ['image', 'image:', 'image:latest', 'localhost:5000/image', 'localhost:5000/a/image:latest'].flatMap((text) =>
      Object.entries({ server: 'mysql:8.4.6', xtrabackup: 'percona/percona-xtrabackup:8.4' }).map(
        ([image, example]): [ReplicatedMySqlProps, string] => [
          { images: { [image]: text } },
          `images.${image}: "${text}" has no tag, or the tag latest, so it may be another series tomorrow. Use a tag that names the release, or a digest, for example ${example}`,
        ],
      ),
    ),
    ['image:latest-8.4', 'image:latest@sha256:1234', 'latest:8.4.6'].map((server) => ({ images: { server } })),
  ],
  [
    'images.registry is the beginning of an image reference',
    ['', 'a b', 'https://example.com', 'example.com/', 'example.com/mirror/'].map((registry) => [
      { images: { registry } },
      `images.registry: "${registry}" is not the beginning of an image reference. Use letters, digits and . _ - / : @ [ ], without a scheme or a trailing "/", for example registry.example.com/mirror`,
    ]),
    ['localhost:5000', '[::1]:5000', 'example.com/a/b'].map((registry) => ({ images: { registry } })),
  ],
  [
    'images.pullSecrets are names of Secrets',
    ['', 'My Secret'].map((secret) => [
      { images: { pullSecrets: ['hub', secret] } },
      `images.pullSecrets: "${secret}" is not a valid name of a Secret. Use at most 253 lower-case letters, digits, "-" and "."`,
    ]),
    [{ images: { pullSecrets: [] } }, { images: { pullSecrets: ['hub', 'registry.example.com'] } }],
  ],
  [
    'images.server is of the series of version, as far as its tag says',
    [
      ...[
        ['mysql:9.7', '9.7'],
        ['mysql:9.7.1', '9.7.1'],
        ['mysql:8.40', '8.40'],
        ['localhost:5000/mirror/mysql:8.0.36-debian', '8.0.36'],
      ].map(([server, release]): [ReplicatedMySqlProps, string] => [
        { images: { server } },
        `images.server: "${server}" is MySQL ${release}, but version is 8.4. Set both alike, for example version: MySqlVersion.of('${release}')`,
      ]),
      [
        { version: MySqlVersion.of('9.7.0'), images: { server: 'mysql:8.4.6' } },
        `images.server: "mysql:8.4.6" is MySQL 8.4.6, but version is 9.7.0. Set both alike, for example version: MySqlVersion.of('8.4.6')`,
      ],
    ],
    [
      { version: MySqlVersion.V9_7, images: { server: 'mysql:9.7' } },
      ...[
        'mysql@sha256:1234',
        'mysql:8.4.6',
        'mysql:lts-9.7',
        'example.com/mysql:8.4-mine',
        'example.com/our-mysql:9.7',
        'example.com/mysql/server:9.7',
        'mysql:9.7@sha256:1234',
      ].map((server) => ({ images: { server } })),
    ],
  ],
]);
