import { CloneMethod, MySqlVersion } from '../../../lib';
import { rendered } from '../../scripts/sandbox/rendered';
import { synth } from '../../support/manifests';
import { unknownTo } from './vocabulary';

/** Releases that change a statement or an option, and the newest release of each series, with their numbers. */
const releases: [MySqlVersion, number][] = [
  [MySqlVersion.of('5.7.28'), 50728],
  [MySqlVersion.V5_7, 50744],
  [MySqlVersion.of('8.0.11'), 80011],
  ...[21, 22, 23, 24, 25, 26, 27].map((patch): [MySqlVersion, number] => [
    MySqlVersion.of(`8.0.${patch}`),
    80000 + patch,
  ]),
  [MySqlVersion.V8_0, 80046],
  [MySqlVersion.V8_4, 80400],
  [MySqlVersion.V9_7, 90700],
];

/** All texts of a pod: the my.cnf of both roles, and the scripts. Those of 8.4 are in test/snapshots.test.ts. */
function texts(version: MySqlVersion): Record<string, string> {
  const images = { xtrabackup: 'example.com/xtrabackup:8.0' }; // so that every version can have it
  const { scripts, configMap } = rendered({ version, cloneMethod: CloneMethod.xtraBackup(), images });
  return { 'primary.cnf': configMap['primary.cnf'], 'replica.cnf': configMap['replica.cnf'], ...scripts };
}

/** The lines of a text that another text does not have. */
const linesBeyond = (text: string, other: string) => {
  const others = new Set(other.split('\n'));
  return text.split('\n').filter((line) => !others.has(line));
};

describe.each(releases.map(([version, number]) => ({ tag: version.tag, version, number })))(
  'MySQL $tag',
  ({ version, number }) => {
    const own = texts(version);

    test('gets no statement and no option that it does not know', () => {
      const unknown = Object.entries(own).map(([place, text]) => [place, unknownTo(number, text)]);
      expect(unknown).toEqual(Object.keys(own).map((place) => [place, []]));
    });

    test('has the scripts and the my.cnf of MySQL 8.4 except for these lines', () => {
      const differences = Object.entries(texts(MySqlVersion.V8_4)).map(([place, text]) => [
        place,
        [...linesBeyond(text, own[place]).map((l) => `- ${l}`), ...linesBeyond(own[place], text).map((l) => `+ ${l}`)],
      ]);
      expect(Object.fromEntries(differences.filter(([, lines]) => lines.length))).toMatchSnapshot();
    });
  },
);

test('the vocabulary distinguishes versions', () => {
  const all = (version: MySqlVersion) => Object.values(texts(version)).join('\n');
  expect(unknownTo(50744, all(MySqlVersion.V8_4))).toEqual([
    'START REPLICA',
    'STOP REPLICA',
    'RESET REPLICA',
    'CHANGE REPLICATION SOURCE TO',
    '(GET_)?SOURCE_[A-Z_]+',
    'BACKUP_ADMIN',
    'SET PERSIST',
    'performance_schema.log_status',
    'caching_sha2_password',
    'performance_schema.keyring_component_status',
    'log-replica-updates',
    'skip-replica-start',
    'replica-[a-z-]+',
    'binlog-expire-logs-seconds',
    'innodb-redo-log-capacity',
    'temptable-max-ram',
  ]);
  expect(unknownTo(90700, all(MySqlVersion.V5_7))).toEqual([
    'START SLAVE',
    'STOP SLAVE',
    'RESET SLAVE',
    'CHANGE MASTER TO',
    'MASTER_[A-Z_]+',
    'RESET MASTER',
    '(replica|slave)-parallel-type',
    'innodb-log-file-size',
    'expire-logs-days',
    'binlog-transaction-dependency-tracking',
    'master-info-[a-z]+',
    'relay-log-info-[a-z]+',
    'transaction-write-set-extraction',
  ]);
});

test.each([
  [MySqlVersion.V5_7, 'mysql:5.7', 'percona/percona-xtrabackup:2.4'],
  [MySqlVersion.of('8.0.28'), 'mysql:8.0.28', 'percona/percona-xtrabackup:8.0'],
  [MySqlVersion.of('8.0.30'), 'mysql:8.0.30', 'mysql:8.0.30'],
  [MySqlVersion.V8_0, 'mysql:8.0', 'mysql:8.0'],
  [MySqlVersion.V8_4, 'mysql:8.4', 'mysql:8.4'],
  [MySqlVersion.V9_7, 'mysql:9.7', 'mysql:9.7'],
  [MySqlVersion.of('8.4'), 'mysql:8.4', 'mysql:8.4'],
  [MySqlVersion.of('8.4.6'), 'mysql:8.4.6', 'mysql:8.4.6'],
  [MySqlVersion.of('5.7.44'), 'mysql:5.7.44', 'percona/percona-xtrabackup:2.4'],
])('the images of $tag are %s and %s, by the default of cloneMethod', (version, server, xtrabackup) => {
  const manifests = synth({ version });
  const image = (container: string) => manifests.at(`StatefulSet/mysql: spec.template.spec.${container}.image`);
  expect(['initContainers[init-mysql]', 'containers[mysql]'].map(image)).toEqual([server, server]);
  expect(['initContainers[clone-mysql]', 'containers[xtrabackup]'].map(image)).toEqual([xtrabackup, xtrabackup]);
  expect(manifests.at('StatefulSet/mysql: metadata.labels[app.kubernetes.io/version]')).toBe(version.tag);
});

test.each([
  [MySqlVersion.V8_0, 'percona/percona-xtrabackup:8.0'],
  [MySqlVersion.V8_4, 'percona/percona-xtrabackup:8.4'],
  [MySqlVersion.of('8.4.6'), 'percona/percona-xtrabackup:8.4'],
])('the image of XtraBackup for $tag is %s', (version, xtrabackup) => {
  const manifests = synth({ version, cloneMethod: CloneMethod.xtraBackup() });
  expect(manifests.at('StatefulSet/mysql: spec.template.spec.containers[xtrabackup].image')).toBe(xtrabackup);
});

test('version is 8.4 by default', () => {
  expect(synth({ version: MySqlVersion.V8_4 })).toEqual(synth());
  expect(synth().at('StatefulSet/mysql: metadata.labels[app.kubernetes.io/version]')).toBe('8.4');
});

test('an image with a digest is used unchanged, and the version label is that of version', () => {
  const server = `mysql@sha256:${'a1'.repeat(32)}`;
  const manifests = synth({ version: MySqlVersion.of('8.4.6'), images: { server, registry: 'example.com' } });
  expect(manifests.at('StatefulSet/mysql: spec.template.spec.containers[mysql].image')).toBe(server);
  expect(manifests.at('StatefulSet/mysql: metadata.labels[app.kubernetes.io/version]')).toBe('8.4.6');
});

const REMEDY =
  'Use one of 5.7 (from 5.7.28), 8.0 (from 8.0.11), 8.4, 9.7, or a release of one of these, for example "8.4.6"';

test.each([
  ...['', 'latest', 'v8.4', '8', '8.4.', '8.4.x', '8.4.06', '8.4.6-debian', 'mysql:8.4.6', ' 8.4.6', '8.4.6.1'].map(
    (malformed) => [malformed, 'is not a version of MySQL'],
  ),
  ...['5.6', '5.6.51', '7.0.1', '8.5', '9.8.0', '10.11.6'].map((unknown) => [unknown, 'is not supported']),
  ...['8.1.0', '8.2', '8.3.0', '9.0.1', '9.6.0'].map((innovation) => [
    innovation,
    'is an innovation release, which gets no fixes after the next release',
  ]),
  ['5.7.27', 'makes no TLS certificates, which replicas need to connect'],
  ['8.0.4', 'is a milestone before general availability'],
])('version "%s" is refused: it %s', (version, why) => {
  expect(() => MySqlVersion.of(version)).toThrow(new RangeError(`version: "${version}" ${why}. ${REMEDY}`));
});
