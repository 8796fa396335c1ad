import { Duration, Lazy, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  CloneMethod,
  Credentials,
  Exposure,
  MySqlVersion,
  Reads,
  ReplicatedMySqlProps,
  SettingsProps,
} from '../../lib';
import { synthYaml } from '../support/manifests';

/** All that synth has to say against props: one message per line, without the path of the construct. */
function violations(props: ReplicatedMySqlProps): string[] {
  try {
    synthYaml(props);
    return [];
  } catch (error) {
    const [, ...lines] = (error as Error).message.split('\n');
    return lines.map((line) => line.trim().replace('[chart/cluster] ', ''));
  }
}

const read = (exposure: Exposure, more: ReplicatedMySqlProps = {}): ReplicatedMySqlProps => ({
  services: { read: { exposure } },
  ...more,
});
const sourceRanges = ['203.0.113.0/24'];
const settings = (all: SettingsProps['all']): ReplicatedMySqlProps => ({ settings: { all } });

describe.each<[rule: string, refused: [ReplicatedMySqlProps, message: string][], accepted: ReplicatedMySqlProps[]]>([
  [
    'name is the name of a Service',
    ['', 'My', 'my_sql', '-a', 'a-', '1a', 'a.b'].map((name) => [
      { name },
      `name: "${name}" is not the name of a Service. Use lower-case letters, digits and "-", a letter first, for example "mysql"`,
    ]),
    ['a', 'a1', 'my-sql-2'].map((name) => ({ name })),
  ],
  [
    'name leaves room for what pods append',
    [
      [
        { name: 'x'.repeat(53) },
        `name: "${'x'.repeat(53)}" has 53 characters, too many for the names and labels of its pods. Use at most 52`,
      ],
    ],
    [{ name: 'x'.repeat(52) }],
  ],
  [
    "the primary's host name is one that replicas of the version can be told",
    [
      [MySqlVersion.V5_7, 'x'.repeat(29)],
      [MySqlVersion.of('8.0.16'), 'x'.repeat(40)],
    ].map(([version, name]) => [
      { version: version as MySqlVersion, name: name as string },
      `name: "${name}" makes "${name}-0.${name}" the primary's host, too long for CHANGE MASTER TO of MySQL ${(version as MySqlVersion).tag}, which takes 60 characters. Use at most 28`,
    ]),
    [
      { version: MySqlVersion.V5_7, name: 'x'.repeat(28) },
      { version: MySqlVersion.of('8.0.17'), name: 'x'.repeat(52) },
    ],
  ],
  [
    'namespace is a DNS label',
    ['', 'Shop', 'a.b', '-a', 'a-', 'x'.repeat(64)].map((namespace) => [
      { namespace },
      `namespace: "${namespace}" is not a DNS label. Use at most 63 lower-case letters, digits and "-"`,
    ]),
    ['1', 'shop-2', 'x'.repeat(63)].map((namespace) => ({ namespace })),
  ],
  [
    'replicas are a whole number from 1',
    [0, -1, 1.5, NaN, Infinity].flatMap((replicas) =>
      [Reads.everywhere(), Reads.fromReplicas()].map((from): [ReplicatedMySqlProps, string] => [
        { replicas, reads: { from } },
        `replicas: ${replicas} is not a number of instances. Use a whole number, at least 1 (the primary)`,
      ]),
    ),
    [{ replicas: 1 }, { replicas: 40 }],
  ],
  [
    'the clone method is one that the version has',
    [
      ...[MySqlVersion.V5_7, MySqlVersion.of('8.0.16')].map((version): [ReplicatedMySqlProps, string] => [
        { version, cloneMethod: CloneMethod.clonePlugin() },
        `cloneMethod: MySQL ${version.tag} has no CLONE plugin, which came with 8.0.17. Use CloneMethod.xtraBackup()`,
      ]),
      [
        { version: MySqlVersion.V9_7, cloneMethod: CloneMethod.xtraBackup() },
        'cloneMethod: there is no XtraBackup for MySQL 9.7. Use CloneMethod.clonePlugin(), or name an image in images.xtrabackup',
      ],
      [
        { cloneMethod: CloneMethod.clonePlugin(), reads: { from: Reads.fromReplicas() } },
        'reads.from: Reads.fromReplicas() needs jq to fall back to the primary, which only the image of XtraBackup has. Use CloneMethod.xtraBackup(), or set fallBackToPrimary to false',
      ],
    ],
    [
      { version: MySqlVersion.of('8.0.17'), cloneMethod: CloneMethod.clonePlugin() },
      { cloneMethod: CloneMethod.clonePlugin(), reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) } },
      {
        version: MySqlVersion.V9_7,
        cloneMethod: CloneMethod.xtraBackup(),
        images: { xtrabackup: 'example.com/x:9.7' },
      },
    ],
  ],
  [
    'options of clones are numbers that the method takes',
    [
      ...[0, 1.5, 129].map((parallel): [ReplicatedMySqlProps, string] => [
        { cloneMethod: CloneMethod.clonePlugin({ parallel }) },
        `cloneMethod: clonePlugin with parallel: ${parallel} is not a number of threads. Use a whole number from 1 to 128`,
      ]),
      [
        { cloneMethod: CloneMethod.xtraBackup({ maxBandwidth: Size.mebibytes(25) }) },
        'cloneMethod: xtraBackup with maxBandwidth: 25Mi is no rate that it can keep. Use a multiple of 10 MiB, for example Size.mebibytes(100)',
      ],
      [
        { cloneMethod: CloneMethod.clonePlugin({ maxBandwidth: Size.kibibytes(100) }) },
        'cloneMethod: clonePlugin with maxBandwidth: 100Ki is no rate that it can keep. Use a multiple of 1 MiB, for example Size.mebibytes(100)',
      ],
    ],
    [
      { cloneMethod: CloneMethod.xtraBackup({ parallel: 128, maxBandwidth: Size.mebibytes(30) }) },
      { cloneMethod: CloneMethod.clonePlugin({ parallel: 1, maxBandwidth: Size.mebibytes(25) }) },
    ],
  ],
  [
    'clones are compressed by an XtraBackup that can',
    [
      [
        { version: MySqlVersion.V5_7, cloneMethod: CloneMethod.xtraBackup({ compression: true }) },
        'cloneMethod: xtraBackup with compression: true needs zstd, which the XtraBackup of MySQL 5.7 has not. Leave it out',
      ],
    ],
    [
      { version: MySqlVersion.V5_7, cloneMethod: CloneMethod.xtraBackup({ compression: false }) },
      { version: MySqlVersion.V8_0, cloneMethod: CloneMethod.xtraBackup({ compression: true }) },
      { version: MySqlVersion.V9_7, cloneMethod: CloneMethod.clonePlugin({ compression: true }) },
    ],
  ],
  [
    'the CLONE plugin stays loaded',
    ['plugin-load', 'plugin_load', 'loose-plugin-load', 'loose_plugin_load'].map((option) => [
      { cloneMethod: CloneMethod.clonePlugin(), settings: { replica: { [option]: 'audit.so' } } },
      `settings.replica.${option}: "audit.so" unloads the CLONE plugin. Use plugin-load-add`,
    ]),
    [{ settings: { all: { 'plugin-load': 'audit.so' } } }],
  ],
  [
    'serverIdBase plus an ordinal is a server-id',
    [0, -5, 1.5, NaN, 2 ** 32 - 2].map((serverIdBase) => [
      { serverIdBase },
      `serverIdBase: ${serverIdBase} plus an ordinal is not a server-id. Use a whole number from 1 to 4294967295 less the replicas`,
    ]),
    [{ serverIdBase: 1 }, { serverIdBase: 2 ** 32 - 3 }, { serverIdBase: 2 ** 32 - 2, replicas: 2 }],
  ],
  [
    'update.partition is an ordinal',
    [-1, 0.5, NaN].map((partition) => [
      { update: { partition } },
      `update.partition: ${partition} is not an ordinal. Use a whole number, at least 0`,
    ]),
    [{ update: { partition: 0 } }, { update: { partition: 100 } }],
  ],
  [
    'disruption.maxUnavailable is a whole number from 1',
    [0, 1.5, NaN].map((maxUnavailable) => [
      { disruption: { maxUnavailable } },
      `disruption.maxUnavailable: ${maxUnavailable} is not a number of instances. Use a whole number, at least 1`,
    ]),
    [{ disruption: { maxUnavailable: 2 } }],
  ],
  [
    'disruption.maxUnavailable is that of a budget',
    [
      [
        { disruption: { budget: false, maxUnavailable: 2 } },
        'disruption.maxUnavailable: 2 has no effect with budget: false. Leave out one of the two',
      ],
    ],
    [{ disruption: { budget: false } }, { disruption: { budget: true, maxUnavailable: 2 } }],
  ],
  [
    'reads.from leaves something to read from',
    [
      [
        { replicas: 1, reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) } },
        'reads.from: replicas: 1 leaves no replica to read from. Use more replicas, or fallBackToPrimary',
      ],
    ],
    [
      { replicas: 1, reads: { from: Reads.fromReplicas() } },
      { replicas: 2, reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) } },
    ],
  ],
  [
    'reads.maxLag is in whole seconds',
    [0, 1.5].map((seconds) => [
      { reads: { maxLag: Duration.millis(seconds * 1000) } },
      `reads.maxLag: ${seconds} s is not a whole number of seconds, at least 1. Use one, for example Duration.seconds(30)`,
    ]),
    [{ reads: { maxLag: Duration.seconds(1) } }],
  ],
  [
    'termination.preStop is in whole seconds',
    [
      [
        { termination: { preStop: Duration.millis(1500) } },
        'termination.preStop: 1.5 s is not a whole number of seconds. Use one, for example Duration.seconds(5)',
      ],
    ],
    [{ termination: { preStop: Duration.seconds(0) } }, { termination: { preStop: Duration.millis(2000) } }],
  ],
  [
    'termination.gracePeriod is in whole seconds',
    [
      [
        { termination: { gracePeriod: Duration.millis(60_500) } },
        'termination.gracePeriod: 60.5 s is not a whole number of seconds. Use one, for example Duration.minutes(5)',
      ],
    ],
    [{ termination: { gracePeriod: Duration.hours(2) } }],
  ],
  [
    'termination.gracePeriod leaves time after preStop',
    [
      [
        { termination: { gracePeriod: Duration.seconds(14) } },
        'termination.gracePeriod: 14 s leaves less than 10 s for a clean shutdown after termination.preStop (5 s). Use at least 15 s',
      ],
      [
        { termination: { preStop: Duration.seconds(30), gracePeriod: Duration.seconds(30) } },
        'termination.gracePeriod: 30 s leaves less than 10 s for a clean shutdown after termination.preStop (30 s). Use at least 40 s',
      ],
    ],
    [
      { termination: { gracePeriod: Duration.seconds(15) } },
      { termination: { preStop: Duration.seconds(0), gracePeriod: Duration.seconds(10) } },
    ],
  ],
  [
    'images.pullPolicy is one of three',
    ['', 'always', 'Sometimes'].map((pullPolicy) => [
      { images: { pullPolicy } },
      `images.pullPolicy: "${pullPolicy}" is unknown. Use Always, IfNotPresent or Never`,
    ]),
    ['Always', 'IfNotPresent', 'Never'].map((pullPolicy) => ({ images: { pullPolicy } })),
  ],
  [
    'images are references of images',
    (['server', 'xtrabackup'] as const).flatMap((image) =>
      ['', ' ', 'example.com/my image:8.4', 'example.com/image:mine\n', 'https://example.com/image'].map(
        (text): [ReplicatedMySqlProps, string] => [
          { images: { [image]: text } },
          `images.${image}: ${JSON.stringify(text)} is not the reference of an image. Use one without white space and scheme, for example registry.example.com/image:tag`,
        ],
      ),
    ),
    ['image', 'localhost:5000/image:mine', 'example.com/a/image@sha256:1234'].map((image) => ({
      images: { server: image, xtrabackup: image },
    })),
  ],
  [
    'images.registry is what stands before an image',
    ['', 'a b', 'https://example.com', 'example.com/', 'example.com/mirror/'].map((registry) => [
      { images: { registry } },
      `images.registry: "${registry}" is not the prefix of an image. Use one without white space, scheme and "/" at its end, for example registry.example.com/mirror`,
    ]),
    ['localhost:5000', 'example.com/a/b'].map((registry) => ({ images: { registry } })),
  ],
  [
    'images.pullSecrets are names of Secrets',
    ['', 'My Secret'].map((secret) => [
      { images: { pullSecrets: ['hub', secret] } },
      `images.pullSecrets: "${secret}" is not the name of a Secret. Use at most 253 lower-case letters, digits, "-" and "."`,
    ]),
    [{ images: { pullSecrets: [] } }, { images: { pullSecrets: ['hub', 'registry.example.com'] } }],
  ],
  [
    'images.server is of the version, as far as its name says',
    [
      ...[
        ['mysql:9.7', '9.7'],
        ['mysql:9.7.1', '9.7.1'],
        ['mysql:8.40', '8.40'],
        ['localhost:5000/mirror/mysql:8.0.36-debian', '8.0.36'],
      ].map(([server, release]): [ReplicatedMySqlProps, string] => [
        { images: { server } },
        `images.server: "${server}" is MySQL ${release}, and version is 8.4. Set both, for example version: MySqlVersion.of('${release}')`,
      ]),
      [
        { version: MySqlVersion.of('9.7.0'), images: { server: 'mysql:8.4.6' } },
        `images.server: "mysql:8.4.6" is MySQL 8.4.6, and version is 9.7.0. Set both, for example version: MySqlVersion.of('8.4.6')`,
      ],
    ],
    [
      { version: MySqlVersion.V9_7, images: { server: 'mysql:9.7' } },
      ...[
        'mysql',
        'mysql:8.4.6',
        'mysql:latest',
        'mysql:lts-9.7',
        'example.com/mysql:8.4-mine',
        'example.com/our-mysql:9.7',
        'example.com/mysql/server:9.7',
        'mysql:9.7@sha256:1234',
      ].map((server) => ({ images: { server } })),
    ],
  ],
  [
    'storage.size is a quantity above nothing',
    [
      [Size.gibibytes(0), '0Gi'],
      [Size.gibibytes(NaN), 'NaNGi'],
      [Size.gibibytes(Infinity), 'InfinityGi'],
      [Size.gibibytes(1e21), '1e+21Gi'],
    ].map(([size, text]) => [
      { storage: { size: size as Size } },
      `storage.size: ${text} is not a size. Use a positive one, for example Size.gibibytes(10)`,
    ]),
    [Size.gibibytes(0.5), Size.tebibytes(3)].map((size) => ({ storage: { size } })),
  ],
  [
    'storage.size has room for a server',
    [
      [Size.kibibytes(1), '1Ki'],
      [Size.mebibytes(127), '127Mi'],
    ].map(([size, text]) => [
      { storage: { size: size as Size } },
      `storage.size: ${text} has no room for a server, and is immutable once applied. Use at least 128Mi, for example Size.gibibytes(10)`,
    ]),
    [{ storage: { size: Size.mebibytes(128) } }],
  ],
  [
    'storage.accessModes name a mode',
    [[{ storage: { accessModes: [] } }, 'storage.accessModes: [] names no mode. Name one, for example ReadWriteOnce']],
    [{ storage: { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] } }],
  ],
  [
    'storage.accessModes are ones that go together',
    [
      [
        { storage: { accessModes: ['ReadWriteOncePod', 'ReadWriteMany'] } },
        'storage.accessModes: ReadWriteOncePod, ReadWriteMany are refused by Kubernetes: ReadWriteOncePod goes with no other mode. Leave out one of the two',
      ],
    ],
    [{ storage: { accessModes: ['ReadWriteOncePod'] } }],
  ],
  [
    'storage.accessModes let a server write',
    ['ReadOnlyMany', 'RWO'].map((mode) => [
      { storage: { accessModes: [mode] } },
      `storage.accessModes: "${mode}" does not let a server write. Use ReadWriteOnce, ReadWriteOncePod or ReadWriteMany`,
    ]),
    ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'].map((mode) => ({ storage: { accessModes: [mode] } })),
  ],
  [
    'resources have amounts of CPU above nothing',
    [
      [
        { resources: { mysql: { requests: { cpu: Cpu.millis(0) } } } },
        'resources.mysql.requests.cpu: 0m is not an amount of CPU. Use a positive one, for example Cpu.millis(500)',
      ],
      [
        { resources: { mysql: { limits: { cpu: Cpu.units(-1) } } } },
        'resources.mysql.limits.cpu: -1 is not an amount of CPU. Use a positive one, for example Cpu.millis(500)',
      ],
      [
        { resources: { xtrabackup: { requests: { cpu: Cpu.units(NaN) } } } },
        'resources.xtrabackup.requests.cpu: NaN is not an amount of CPU. Use a positive one, for example Cpu.millis(500)',
      ],
    ],
    [Cpu.millis(1), Cpu.units(0.5), Cpu.units(10)].map((cpu) => ({ resources: { mysql: { requests: { cpu } } } })),
  ],
  [
    'resources have amounts of memory above nothing',
    [
      [
        { resources: { mysql: { requests: { memory: Size.mebibytes(0) } } } },
        'resources.mysql.requests.memory: 0Mi is not an amount of memory. Use a positive one, for example Size.gibibytes(1)',
      ],
      [
        { resources: { xtrabackup: { limits: { memory: Size.gibibytes(NaN) } } } },
        'resources.xtrabackup.limits.memory: NaNGi is not an amount of memory. Use a positive one, for example Size.gibibytes(1)',
      ],
    ],
    [{ resources: { xtrabackup: { limits: { memory: Size.mebibytes(64) } } } }],
  ],
  [
    'resources request no more than their limits',
    [
      [
        { resources: { mysql: { requests: { cpu: Cpu.units(2) }, limits: { cpu: Cpu.millis(1999) } } } },
        'resources.mysql.requests.cpu: 2 is more than its limit, 1999m. Raise the limit, or leave it out',
      ],
      [
        {
          resources: {
            xtrabackup: { requests: { memory: Size.gibibytes(1) }, limits: { memory: Size.mebibytes(1023) } },
          },
        },
        'resources.xtrabackup.requests.memory: 1Gi is more than its limit, 1023Mi. Raise the limit, or leave it out',
      ],
    ],
    [
      { resources: { mysql: { requests: { cpu: Cpu.units(2) }, limits: { cpu: Cpu.millis(2000) } } } },
      { resources: { mysql: { requests: { memory: Size.gibibytes(1) }, limits: { memory: Size.mebibytes(1024) } } } },
      { resources: { mysql: { limits: { cpu: Cpu.millis(1) } } } },
    ],
  ],
  [
    'settings are options by name',
    ['', '1st', 'max connections', 'a=b', '--user', 'Max_Connections', '[mysqld]'].map((option) => [
      settings({ [option]: '1' }),
      `settings.all: "${option}" is not the name of an option. Use one of the manual's, for example max_connections`,
    ]),
    ['max_connections', 'max-connections', 'loose-validate_password.policy'].map((option) =>
      settings({ [option]: '1' }),
    ),
  ],
  [
    'settings leave alone what the safety of the cluster rests on',
    [
      ...(
        [
          // durability
          'sync_binlog',
          'innodb-flush-log-at-trx-commit',
          'innodb_doublewrite',
          'relay-log-recovery',
          // identity and replication
          'server_id',
          'gtid_mode',
          'enforce-gtid-consistency',
          'log_bin',
          'log-replica-updates',
          'relay_log',
          'skip-replica-start',
          'replicate-do-db',
          'replica_skip_errors',
          'binlog_error_action',
          'binlogging_impossible_mode',
          'relay_log_purge',
          'replica_exec_mode',
          'slave-exec-mode',
          // who is the primary
          'read-only',
          'super_read_only',
          // one data directory, moved by one rename
          'datadir',
          'innodb_data_home_dir',
          'innodb_log_group_home_dir',
          'innodb_undo_directory',
          // the doors
          'port',
          'socket',
          'skip-networking',
          'skip-grant-tables',
          // other ways to write them
          'loose-sync-binlog',
          'skip-log-bin',
          'disable_log_bin',
          'skip-super-read-only',
          'loose_skip_super_read_only',
          'maximum-sync-binlog',
          'enable-skip-networking',
          'enable-loose-sync-binlog',
          'loose-loose_maximum_sync_binlog',
          'skip-grant',
          'loose-skip-grant',
          'innodb-flush-log-at-trx',
          'gtid-m',
        ] as const
      ).map((option): [ReplicatedMySqlProps, string] => [
        settings({ [option]: '0' }),
        `settings.all.${option}: "0" would change what the cluster's safety rests on. Leave it out`,
      ]),
      [
        { settings: { replica: { super_read_only: 'OFF' } } },
        'settings.replica.super_read_only: "OFF" would change what the cluster\'s safety rests on. Leave it out',
      ],
      [
        { settings: { primary: { 'sync-binlog': '0' } } },
        'settings.primary.sync-binlog: "0" would change what the cluster\'s safety rests on. Leave it out',
      ],
    ],
    ['innodb_buffer_pool_size', 'binlog-expire-logs-seconds', 'replica_parallel_workers', 'relay-log-space-limit'].map(
      (option) => settings({ [option]: '1' }),
    ),
  ],
  [
    'settings that a data directory is made with are the same everywhere',
    [
      [
        { settings: { replica: { lower_case_table_names: '1' } } },
        'settings.replica.lower_case_table_names: "1" must be the same on every instance, which has a copy of one data directory. Move it to settings.all',
      ],
      [
        { settings: { primary: { 'innodb-page-size': '32K' } } },
        'settings.primary.innodb-page-size: "32K" must be the same on every instance, which has a copy of one data directory. Move it to settings.all',
      ],
    ],
    [settings({ lower_case_table_names: '1', 'innodb-page-size': '32K' })],
  ],
  [
    'settings leave InnoDB a way to flush that syncs',
    ['nosync', 'NOSYNC', 'littlesync', 'LittleSync', '"nosync"', ' nosync', 'nos', 'l', '2', '3'].map((value) => [
      settings({ 'loose-innodb_flush_method': value }),
      `settings.all.loose-innodb_flush_method: "${value}" does not sync what is committed. Use O_DIRECT or fsync`,
    ]),
    ['fsync', 'O_DIRECT', 'O_DIRECT_NO_FSYNC', '4'].map((value) => settings({ innodb_flush_method: value })),
  ],
  [
    'settings bound the age of binary logs by the option that the version goes by',
    ['expire_logs_days', 'loose-expire-logs-days'].flatMap((option) =>
      [MySqlVersion.V8_0, MySqlVersion.V8_4].map((version): [ReplicatedMySqlProps, string] => [
        { version, settings: { all: { [option]: '3' } } },
        `settings.all.${option}: "3" has no effect beside binlog-expire-logs-seconds, which every instance has. Use that one`,
      ]),
    ),
    [
      { version: MySqlVersion.V5_7, settings: { all: { expire_logs_days: '3' } } },
      settings({ 'binlog-expire-logs-seconds': '3600' }),
    ],
  ],
  [
    'settings have each option once',
    [
      [
        settings({ max_connections: '1', 'max-connections': '2' }),
        'settings.all.max-connections: "2" is for the same option as max_connections. Leave out one of the two',
      ],
      [
        { settings: { primary: { x: '1', 'loose-x': '2' } } },
        'settings.primary.loose-x: "2" is for the same option as x. Leave out one of the two',
      ],
    ],
    [{ settings: { all: { max_connections: '1' }, replica: { 'max-connections': '2' } } }],
  ],
  [
    'settings have values that are text',
    [
      [undefined, 'undefined'],
      [500, '500'],
      [true, 'true'],
      [null, 'null'],
      [Lazy.any({ produce: () => '500' }), '[object Object]'],
    ].map(([value, text]) => [
      settings({ max_connections: value as string }),
      `settings.all.max_connections: ${text} is not text. Use a string, for example "500"`,
    ]),
    [settings({ max_connections: '500' })],
  ],
  [
    'settings have no value that goes on in a comment',
    ["SET NAMES 'utf8mb4' # ;", '#', '"a" # "b"', "'a' #'", '"a\\" #"" ', '\'a" #'].map((value) => [
      settings({ 'init-connect': value }),
      `settings.all.init-connect: "${value}" has a #, with which a comment begins. Put the value into quotes`,
    ]),
    [`"SET NAMES 'utf8mb4' # ;"`, "'a # b'", ' "a#b" ', '"a\\"#"', '"\\\\#"'].map((value) =>
      settings({ 'init-connect': value }),
    ),
  ],
  [
    'settings have values of one line',
    ['1\nsync-binlog=0', '1\r', 'a\0b'].map((value) => [
      { settings: { primary: { 'init-connect': value } } },
      `settings.primary.init-connect: ${JSON.stringify(value)} has more than one line. Use a value of one line`,
    ]),
    [settings({ 'init-connect': "SET NAMES 'utf8mb4' ;" }), settings({ 'slow-query-log': '' })],
  ],
  [
    'credentials come from the name of a Secret',
    ['', 'My_Secret', '$(id)', '-a', 'x'.repeat(254)].map((secret) => [
      { credentials: Credentials.fromSecret(secret) },
      `credentials: "${secret}" is not the name of a Secret. Use at most 253 lower-case letters, digits, "-" and "."`,
    ]),
    ['a', 'mysql.passwords-2', 'x'.repeat(253)].map((secret) => ({ credentials: Credentials.fromSecret(secret) })),
  ],
  [
    'credentials come from keys of a Secret',
    [
      ['', '""'],
      ['a b', '"a b"'],
      ['$(id)', '"$(id)"'],
      ['a\nb', '"a\\nb"'],
      ['x'.repeat(254), `"${'x'.repeat(254)}"`],
    ].map(([backup, text]) => [
      { credentials: Credentials.fromSecret('vault', { backup }) },
      `credentials: ${text} is not the key of backup's password in a Secret. Use at most 253 letters, digits, "-", "_" and "."`,
    ]),
    ['_.-9', 'ROOT_PASSWORD', 'x'.repeat(253)].map((root) => ({
      credentials: Credentials.fromSecret('vault', { root }),
    })),
  ],
  [
    'metadata leaves the labels of the library alone',
    [
      [
        { metadata: { podLabels: { app: 'mine' } } },
        'metadata.podLabels: "app: mine" is a label that the library sets. Use another key',
      ],
      [
        { metadata: { serviceLabels: { 'app.kubernetes.io/name': 'mine' } } },
        'metadata.serviceLabels: "app.kubernetes.io/name: mine" is a label that the library sets. Use another key',
      ],
      [
        { metadata: { podLabels: { 'replicated-mysql/reads': 'true' } } },
        'metadata.podLabels: "replicated-mysql/reads: true" is a label that the library sets. Use another key',
      ],
    ],
    [{ metadata: { podLabels: { team: 'blue' }, serviceLabels: { 'app.kubernetes.io/part-of': 'shop' } } }],
  ],
  [
    'metadata leaves the annotations of the library alone',
    [
      [
        { metadata: { podAnnotations: { 'replicated-mysql/my-cnf-hash': '1' } } },
        'metadata.podAnnotations: "replicated-mysql/my-cnf-hash: 1" is an annotation that the library sets. Use another key',
      ],
    ],
    [{ metadata: { podAnnotations: { 'example.com/my-cnf-hash': '1' } } }],
  ],
  [
    'services.*.sessionAffinity is in whole seconds, up to a day',
    [0, 0.5, 86_401].map((seconds) => [
      { services: { primary: { sessionAffinity: Duration.millis(seconds * 1000) } } },
      `services.primary.sessionAffinity: ${seconds} s is not from 1 second to a day. Use whole seconds, for example Duration.hours(3)`,
    ]),
    [{ services: { read: { sessionAffinity: Duration.days(1) } } }],
  ],
  [
    'services.*.exposure has a nodePort that is for Services',
    [
      ...[3306, 29_999, 32_768, 30_000.5].map((nodePort): [ReplicatedMySqlProps, string] => [
        read(Exposure.nodePort({ nodePort, sourceRanges })),
        `services.read.exposure: nodePort ${nodePort} is not a port for Services. Use one from 30000 to 32767, or leave it out`,
      ]),
      [
        {
          services: {
            primary: { exposure: Exposure.nodePort({ nodePort: 30_306, sourceRanges }) },
            read: { exposure: Exposure.nodePort({ nodePort: 30_306, sourceRanges }) },
          },
        },
        'services.read.exposure: nodePort 30306 is that of services.primary. Use another one',
      ],
    ],
    [30_000, 32_767].map((nodePort) => read(Exposure.nodePort({ nodePort, sourceRanges }))),
  ],
  [
    'services.*.exposure has an external traffic policy that Kubernetes knows',
    [
      [
        read(Exposure.nodePort({ sourceRanges, externalTrafficPolicy: 'local' })),
        'services.read.exposure: externalTrafficPolicy "local" is unknown. Use Local or Cluster',
      ],
    ],
    [read(Exposure.nodePort({ sourceRanges, externalTrafficPolicy: 'Local' }))],
  ],
  [
    'services.*.exposure has a load balancer class',
    ['', 'a b', '/x'].map((loadBalancerClass) => [
      read(Exposure.loadBalancer({ sourceRanges, loadBalancerClass })),
      `services.read.exposure: loadBalancerClass "${loadBalancerClass}" is not the name of a class. Use one such as example.com/internal`,
    ]),
    ['internal', 'service.k8s.aws/nlb'].map((loadBalancerClass) =>
      read(Exposure.loadBalancer({ sourceRanges, loadBalancerClass })),
    ),
  ],
  [
    'services.*.exposure has source ranges that are CIDRs',
    [
      ...['', '203.0.113.7', '203.0.113.0/33', '203.0.113/24', '2001:db8::/129', 'all'].map(
        (range): [ReplicatedMySqlProps, string] => [
          read(Exposure.loadBalancer({ sourceRanges: [range] })),
          `services.read.exposure: sourceRanges "${range}" is not a CIDR. Use one such as 203.0.113.0/24, or 203.0.113.7/32 for one address`,
        ],
      ),
      [
        read(Exposure.loadBalancer({ sourceRanges: [] })),
        'services.read.exposure: sourceRanges [] names nobody, which Kubernetes takes for everybody. Name a range, or leave it out',
      ],
    ],
    ['0.0.0.0/0', '203.0.113.7/32', '2001:db8::/32'].map((range) =>
      read(Exposure.loadBalancer({ sourceRanges: [range] })),
    ),
  ],
  [
    'services that are exposed say to whom, in a way that the NetworkPolicy lets through',
    [
      [
        read(Exposure.loadBalancer()),
        'services.read.exposure: LoadBalancer reaches no instance, as the NetworkPolicy lets in the pods of the namespace only. Name sourceRanges, or all who may connect in network.clients',
      ],
      [
        read(Exposure.nodePort({ sourceRanges, externalTrafficPolicy: 'Cluster' })),
        'services.read.exposure: externalTrafficPolicy "Cluster" shows instances the addresses of nodes in place of the clients\', which the NetworkPolicy does not let in. Use Local, or name the nodes in network.clients',
      ],
      [
        read(Exposure.nodePort({ sourceRanges }), { network: { policy: false } }),
        'services.read.exposure: sourceRanges of a NodePort are kept by the NetworkPolicy, which network.policy leaves out. Leave out one of the two',
      ],
      [
        read(Exposure.loadBalancer(), { network: { policy: false } }),
        'services.read.exposure: LoadBalancer lets everybody in, as network.policy leaves the NetworkPolicy out. Name sourceRanges; 0.0.0.0/0 is everybody',
      ],
      ...[Exposure.loadBalancer(), Exposure.nodePort({ sourceRanges, externalTrafficPolicy: 'Cluster' })].map(
        (exposure): [ReplicatedMySqlProps, string] => [
          read(exposure, { network: { clients: [] } }),
          `services.read.exposure: ${exposure.type} reaches no instance, as network.clients: [] is nobody. Name all who may connect, or leave network.clients out`,
        ],
      ),
    ],
    [
      read(Exposure.nodePort(), { network: { policy: false } }),
      read(Exposure.loadBalancer({ sourceRanges }), { network: { policy: false } }),
      read(Exposure.loadBalancer({ sourceRanges: ['0.0.0.0/0'] }), { network: { policy: false } }),
      read(Exposure.loadBalancer({ externalTrafficPolicy: 'Cluster' }), {
        network: { clients: [{ ipBlock: { cidr: '10.0.0.0/8' } }] },
      }),
      read(Exposure.clusterIp()),
    ],
  ],
  [
    'network.clients are those of a NetworkPolicy',
    [[], [{ podSelector: {} }]].map((clients) => [
      { network: { policy: false, clients } },
      'network.clients: nobody keeps to them with policy: false, which leaves the NetworkPolicy out. Leave out one of the two',
    ]),
    [{ network: { clients: [] } }, { network: { policy: true, clients: [{ podSelector: {} }] } }],
  ],
  [
    'services are exposed with passwords only',
    [
      [
        read(Exposure.nodePort({ sourceRanges }), { credentials: Credentials.insecure() }),
        'services.read.exposure: NodePort with insecure credentials lets anybody in as root. Use Credentials.fromSecret()',
      ],
    ],
    [read(Exposure.clusterIp(), { credentials: Credentials.insecure() })],
  ],
])('%s', (_, refused, accepted) => {
  test.each(refused)('refused: %j', (props, message) => {
    expect(violations(props)).toEqual([message]);
  });

  test.each(accepted.map((props) => [props]))('accepted: %j', (props) => {
    expect(violations(props)).toEqual([]);
  });
});

test('all violations are reported at once', () => {
  const props: ReplicatedMySqlProps = {
    name: 'My_Sql',
    replicas: 0,
    images: { pullPolicy: 'always' },
    storage: { size: Size.gibibytes(0), accessModes: [] },
    settings: { all: { gtid_mode: 'OFF' }, replica: { super_read_only: 'OFF' } },
    credentials: Credentials.fromSecret(''),
    metadata: { podLabels: { app: 'x' } },
  };
  expect(violations(props).map((message) => message.split(':')[0])).toEqual([
    'name',
    'replicas',
    'images.pullPolicy',
    'storage.size',
    'storage.accessModes',
    'settings.all.gtid_mode',
    'settings.replica.super_read_only',
    'credentials',
    'metadata.podLabels',
  ]);
});
