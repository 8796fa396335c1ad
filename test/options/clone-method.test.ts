import { Size } from 'cdk8s';
import { CloneMethod, MySqlVersion, ReplicatedMySqlProps } from '../../lib';
import { synth } from '../support/manifests';

const POD = 'StatefulSet/mysql: spec.template.spec';
const plugin = (options = {}): ReplicatedMySqlProps => ({ cloneMethod: CloneMethod.clonePlugin(options) });
const xtrabackup = (options = {}): ReplicatedMySqlProps => ({ cloneMethod: CloneMethod.xtraBackup(options) });

const image = (props: ReplicatedMySqlProps, container: string) => synth(props).at(`${POD}.${container}.image`);
const script = (props: ReplicatedMySqlProps, container: string) =>
  String(synth(props).at(`${POD}.${container}.command[2]`));
const option = (props: ReplicatedMySqlProps, name: string) =>
  ['primary', 'replica'].map((role) =>
    String(synth(props).at(`ConfigMap/mysql: data[${role}.cnf]`))
      .split('\n')
      .filter((line) => line.startsWith(`${name}=`)),
  );

const CLONING = ['initContainers[clone-mysql]', 'containers[xtrabackup]'];

test('with the CLONE plugin, all containers have the image of the server', () => {
  for (const container of CLONING) {
    expect(image({ ...plugin(), version: MySqlVersion.of('8.4.6') }, container)).toBe('mysql:8.4.6');
    expect(image({ ...plugin(), images: { server: 'example.com/mysql:mine' } }, container)).toBe(
      'example.com/mysql:mine',
    );
  }
});

test('only with the CLONE plugin, every server loads it, in addition to plugins in settings', () => {
  expect(option(xtrabackup(), 'plugin-load-add')).toEqual([[], []]);
  expect(option(plugin(), 'plugin-load-add')).toEqual([
    ['plugin-load-add=mysql_clone.so'],
    ['plugin-load-add=mysql_clone.so'],
  ]);
  const settings = { all: { plugin_load_add: 'audit.so' }, primary: { plugin_load_add: 'semisync_source.so' } };
  expect(option({ ...plugin(), settings }, 'plugin-load-add')).toEqual([
    ['plugin-load-add=mysql_clone.so;semisync_source.so'],
    ['plugin-load-add=mysql_clone.so;audit.so'],
  ]);
});

test('the account backup has the privileges and the host that the method needs', () => {
  const ofXtrabackup = script(xtrabackup(), 'initContainers[init-mysql]');
  expect(ofXtrabackup).toContain("TO 'backup'@'localhost'");
  expect(ofXtrabackup).not.toContain("TO 'backup'@'%'");
  const ofPlugin = script(plugin(), 'initContainers[init-mysql]');
  expect(ofPlugin.match(/^GRANT .* TO 'backup'.*$/gm)).toEqual(["GRANT BACKUP_ADMIN ON *.* TO 'backup'@'%';"]);
  expect(ofPlugin).toContain("account backup % 'REQUIRE SSL'");
});

describe('options', () => {
  test.each<[string, ReplicatedMySqlProps, string, string]>([
    ['XtraBackup: threads', xtrabackup({ parallel: 4 }), CLONING[1], ' --datadir=/var/lib/mysql --parallel=4 2>'],
    ['XtraBackup: threads of the recipient', xtrabackup({ parallel: 4 }), CLONING[0], 'xbstream -x --parallel=4 -C'],
    ['XtraBackup: compression', xtrabackup({ compression: true }), CLONING[1], ' --compress=zstd 2>'],
    ['XtraBackup: decompression', xtrabackup({ compression: true }), CLONING[0], '--decompress --remove-original'],
    ['XtraBackup: bandwidth', xtrabackup({ maxBandwidth: Size.mebibytes(50) }), CLONING[1], ' --throttle=5 2>'],
    ['plugin: threads', plugin({ parallel: 4 }), CLONING[0], 'clone_max_concurrency = 4;'],
    ['plugin: compression', plugin({ compression: true }), CLONING[0], 'clone_enable_compression = ON;'],
    [
      'plugin: bandwidth',
      plugin({ maxBandwidth: Size.gibibytes(1) }),
      CLONING[0],
      'clone_max_network_bandwidth = 1024;',
    ],
  ])('%s', (_, props, container, text) => {
    expect(script(props, container)).toContain(text);
  });

  test('the scripts have none of them by default', () => {
    for (const container of CLONING) {
      expect(script(xtrabackup(), container)).not.toMatch(/parallel|compress|throttle/);
      expect(script(plugin(), container)).not.toMatch(/concurrency|compression|bandwidth/);
    }
  });
});
