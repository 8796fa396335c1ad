import { Size } from 'cdk8s';
import { CloneMethod, MySqlVersion, ReplicatedMySqlProps } from '../../lib';
import { cloneMethodRules } from '../../lib/rules/clone-method';
import { testRules } from '../support/rules';

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
      { version: MySqlVersion.of('8.0.17'), cloneMethod: CloneMethod.clonePlugin() },
      {
        version: MySqlVersion.V9_7,
        cloneMethod: CloneMethod.xtraBackup(),
        images: { xtrabackup: 'example.com/x:9.7' },
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
