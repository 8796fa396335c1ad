import { Credentials } from '../../lib';
import { synth, Yaml } from '../support/manifests';

describe('passwords', () => {
  const everyString = (node: Yaml): string[] =>
    typeof node === 'object' && node !== null ? Object.values(node).flatMap(everyString) : [String(node)];

  test.each([
    ['from a Secret', Credentials.fromSecret('vault')],
    ['that are empty', Credentials.insecure()],
  ])('%s are in no environment, no argument and no ConfigMap', (_, credentials) => {
    const manifests = synth({ credentials });
    expect(manifests.names).not.toContainEqual(expect.stringMatching(/^Secret/));
    const pod = manifests.get('StatefulSet/mysql').spec.template.spec;
    for (const container of [...Object.values(pod.initContainers), ...Object.values(pod.containers)]) {
      expect(container.envFrom).toBe(undefined);
      expect(Object.values(container.env ?? {}).map(({ name }) => name)).toEqual(container.env ? ['POD_IP'] : []);
    }
    for (const text of everyString(pod)) {
      expect(text).not.toMatch(/MYSQL_PWD|MYSQL_ROOT_PASSWORD|--password|(mysql|mysqladmin|xtrabackup) .*-p\b/);
    }
    expect(everyString(manifests.get('ConfigMap/mysql')).join('\n')).not.toMatch(/password/i);
  });

  test('of a Secret are files that only the pod reads', () => {
    const volume = synth({ credentials: Credentials.fromSecret('vault', { probe: 'check' }) }).at(
      'StatefulSet/mysql: spec.template.spec.volumes[delivered]',
    );
    expect(volume).toEqual({
      name: 'delivered',
      secret: {
        secretName: 'vault',
        optional: true,
        defaultMode: 0o440,
        items: [
          { key: 'root-password', path: 'root-password' },
          { key: 'replication-password', path: 'replication-password' },
          { key: 'backup-password', path: 'backup-password' },
          { key: 'check', path: 'probe-password' },
        ],
      },
    });
  });

  test('that are empty are in memory only, and written by init-mysql alone', () => {
    const manifests = synth({ credentials: Credentials.insecure() });
    const pod = manifests.get('StatefulSet/mysql').spec.template.spec;
    expect(manifests.at('StatefulSet/mysql: spec.template.spec.volumes[credentials].emptyDir')).toEqual({
      medium: 'Memory',
      sizeLimit: '1Mi',
    });
    const writers = [...Object.values(pod.initContainers), ...Object.values(pod.containers)].filter((container) =>
      Object.values(container.volumeMounts).some((mount) => String(mount.name) === 'credentials' && !mount.readOnly),
    );
    expect(writers.map(({ name }) => name)).toEqual(['init-mysql']);
  });
});
