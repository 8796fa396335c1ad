import { Size } from 'cdk8s';
import { CloneMethod, MySqlVersion, ReplicatedMySqlProps } from '../../lib';
import { cloneMethodRules } from '../../lib/rules/clone-method';
import { testRules } from '../support/rules';

const refused = (release: string) =>
  `cloneMethod: XtraBackup refuses MySQL ${release} once a table had a column added or dropped. Use MySQL 8.0.32 or later`;

testRules(cloneMethodRules, [
  [
    'cloneMethod exists for the version',
    [
      ...[MySqlVersion.V5_7, MySqlVersion.of('8.0.16')].map((version): [ReplicatedMySqlProps, string] => [
        { version, cloneMethod: CloneMethod.clonePlugin() },
        `cloneMethod: MySQL ${version.tag} has no CLONE plugin, which came with 8.0.17. Use CloneMethod.xtraBackup()`,
      ]),
      [
        { version: MySqlVersion.V9_7, cloneMethod: CloneMethod.xtraBackup() },
        'cloneMethod: there is no XtraBackup for MySQL 9.7. Use CloneMethod.clonePlugin(), or set images.xtrabackup',
      ],
    ],
    [
      { version: MySqlVersion.of('8.0.30'), cloneMethod: CloneMethod.clonePlugin() },
      {
        version: MySqlVersion.V9_7,
        cloneMethod: CloneMethod.xtraBackup(),
        images: { xtrabackup: 'example.com/x:9.7' },
      },
    ],
  ],
  [
    'cloneMethod finds gawk in the image of the server',
    [
      [
        { version: MySqlVersion.of('8.0.28'), cloneMethod: CloneMethod.clonePlugin() },
        'cloneMethod: CloneMethod.clonePlugin() needs gawk, which mysql:8.0.28 does not have. Use MySQL 8.0.30 or later, use CloneMethod.xtraBackup(), or set images.server to an image with gawk',
      ],
      [
        {
          version: MySqlVersion.of('8.0.29'),
          cloneMethod: CloneMethod.clonePlugin(),
          images: { registry: 'example.com' },
        },
        'cloneMethod: CloneMethod.clonePlugin() needs gawk, which example.com/mysql:8.0.29 does not have. Use MySQL 8.0.30 or later, or set images.server to an image with gawk',
      ],
    ],
    [
      { version: MySqlVersion.of('8.0.30'), cloneMethod: CloneMethod.clonePlugin() },
      {
        version: MySqlVersion.of('8.0.29'),
        cloneMethod: CloneMethod.clonePlugin(),
        images: { server: 'example.com/mysql:mine' },
      },
    ],
  ],
  [
    'cloneMethod is an XtraBackup that copies the release',
    [
      [{ version: MySqlVersion.of('8.0.29') }, refused('8.0.29')],
      [{ version: MySqlVersion.of('8.0.31'), cloneMethod: CloneMethod.xtraBackup() }, refused('8.0.31')],
    ],
    [
      { version: MySqlVersion.of('8.0.28'), cloneMethod: CloneMethod.xtraBackup() },
      { version: MySqlVersion.of('8.0.32'), cloneMethod: CloneMethod.xtraBackup() },
      {
        version: MySqlVersion.of('8.0.29'),
        cloneMethod: CloneMethod.xtraBackup(),
        images: { xtrabackup: 'percona/percona-xtrabackup:8.0.27' },
      },
    ],
  ],
  [
    'the options of cloneMethod are numbers that the method accepts',
    [
      ...[0, 1.5, 129].map((parallel): [ReplicatedMySqlProps, string] => [
        { cloneMethod: CloneMethod.clonePlugin({ parallel }) },
        `cloneMethod: clonePlugin cannot use parallel: ${parallel} as a number of threads. Use a whole number from 1 to 128`,
      ]),
      [
        { cloneMethod: CloneMethod.xtraBackup({ maxBandwidth: Size.mebibytes(25) }) },
        'cloneMethod: xtraBackup cannot keep maxBandwidth: 25Mi exactly. Use a multiple of 10 MiB, for example Size.mebibytes(100)',
      ],
      [
        { cloneMethod: CloneMethod.clonePlugin({ maxBandwidth: Size.kibibytes(100) }) },
        'cloneMethod: clonePlugin cannot keep maxBandwidth: 100Ki exactly. Use a multiple of 1 MiB, for example Size.mebibytes(100)',
      ],
    ],
    [
      { cloneMethod: CloneMethod.xtraBackup({ parallel: 128, maxBandwidth: Size.mebibytes(30) }) },
      { cloneMethod: CloneMethod.clonePlugin({ parallel: 1, maxBandwidth: Size.mebibytes(25) }) },
    ],
  ],
  [
    'cloneMethod compresses only with an XtraBackup that has zstd',
    [
      [
        { version: MySqlVersion.V5_7, cloneMethod: CloneMethod.xtraBackup({ compression: true }) },
        'cloneMethod: xtraBackup cannot use compression: true, because the XtraBackup of MySQL 5.7 does not have zstd. Leave compression out',
      ],
    ],
    [
      { version: MySqlVersion.V5_7, cloneMethod: CloneMethod.xtraBackup({ compression: false }) },
      { version: MySqlVersion.V8_0, cloneMethod: CloneMethod.xtraBackup({ compression: true }) },
      { version: MySqlVersion.V9_7, cloneMethod: CloneMethod.clonePlugin({ compression: true }) },
    ],
  ],
]);
