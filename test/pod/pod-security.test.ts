import { Credentials, ReplicatedMySqlProps } from '../../lib';
import { synth, Yaml } from '../support/manifests';

// https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
describe.each<[string, ReplicatedMySqlProps]>([
  ['by default', {}],
  ['with insecure credentials', { credentials: Credentials.insecure() }],
])('%s', (_, props) => {
  const pod = synth(props).at('StatefulSet/mysql: spec.template.spec')!;
  const containers = [...list(pod.initContainers), ...list(pod.containers)];

  test('the pod runs as the one user of the image, with seccomp and without a token', () => {
    expect(pod.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 999,
      runAsGroup: 999,
      fsGroup: 999,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  test('the pod shares nothing with its node', () => {
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) expect(pod).not.toHaveProperty(field);
    for (const { name, ...source } of list(pod.volumes)) {
      expect([name, ...Object.keys(source)]).toEqual([name, expect.stringMatching(/^(emptyDir|configMap|secret)$/)]);
    }
  });

  test.each(containers.map((container) => [String(container.name), container]))(
    '%s has no privileges and a read-only root file system',
    (_name, container) => {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      for (const port of list(container.ports)) expect(port).not.toHaveProperty('hostPort');
    },
  );
});

function list(nodes: Yaml | undefined): Yaml[] {
  return Object.values(nodes ?? {});
}
