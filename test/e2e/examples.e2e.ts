import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { EXAMPLES } from '../support/examples';
import { Manifests, Yaml } from '../support/manifests';
import { synthFile } from '../support/synth-file';
import { TestCluster } from './support/cluster';
import { kubectl } from './support/kubectl';

// The API server validates each object of each example, its fields and their values, and creates nothing.
describe('examples', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    const modes = ['warn', 'enforce'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']);
    cluster = await TestCluster.create('examples', Object.fromEntries(modes));
  });
  afterAll(() => cluster?.destroy());

  const check = (yaml: string) => {
    const options = ['--dry-run=server', '--validate=strict', '--warnings-as-errors', '--output=name'];
    const here = yaml.replace(/^ {2}namespace: .*$/gm, `  namespace: ${cluster.namespace}`);
    return kubectl(['--namespace', cluster.namespace, 'apply', '-f', '-', ...options], here);
  };

  const yamls = new Map<string, string>();
  const yamlOfExample = (name: string) => {
    if (!yamls.has(name)) yamls.set(name, synthFile(`examples/${name}/main.ts`));
    return yamls.get(name)!;
  };
  const dryRun = (pod: object) =>
    kubectl(
      ['--namespace', cluster.namespace, 'create', '-f', '-', '--dry-run=server', '--output=name'],
      JSON.stringify({ apiVersion: 'v1', kind: 'Pod', ...pod }),
    );

  test.each(EXAMPLES)('the API server accepts %s', async (name) => {
    const yaml = yamlOfExample(name);
    const accepted = (await check(yaml)).trim().split('\n');
    expect(accepted).toHaveLength(yaml.split(/^kind: /m).length - 1);
  });

  // The standard is enforced on pods, and only warns of workloads.
  test.each(EXAMPLES)('a "restricted" namespace admits the pods of %s', async (name) => {
    const workloads = Manifests.parse(yamlOfExample(name)).all.filter(({ spec }) => spec?.template);
    for (const workload of workloads) expect(await dryRun(podOf(workload))).toContain('pod/');
  });

  test('it refuses a pod that runs as root', async () => {
    const { metadata, spec } = podOf(Manifests.parse(synthFile('main.ts')).get('StatefulSet/mysql'));
    const root = { metadata, spec: { ...spec, securityContext: { ...spec.securityContext, runAsUser: 0 } } };
    await expect(dryRun(root)).rejects.toThrow('violates PodSecurity');
  });

  test('the API server rejects an unknown field', async () => {
    const yaml = synthFile('examples/eureka/main.ts').replace('serviceName:', 'serviceNames:');
    await expect(check(yaml)).rejects.toThrow('unknown field "spec.serviceNames"');
  });

  test('a warning is an error: a "restricted" namespace would not admit these pods', async () => {
    const yaml = synthFile('examples/eureka/main.ts').replace('runAsNonRoot: true', 'runAsNonRoot: false');
    await expect(check(yaml)).rejects.toThrow('would violate PodSecurity');
  });

  test('a second manager applies without a conflict, and what it applies differs in nothing', async () => {
    const yaml = synthFile('main.ts').replace(/^ {2}replicas: \d+$/m, '  replicas: 0'); // pods are not needed for this
    const apply = (...options: string[]) =>
      kubectl(['--namespace', cluster.namespace, 'apply', '-f', '-', ...options], yaml);
    await apply();
    await apply('--server-side', '--field-manager=another');
    await kubectl(['--namespace', cluster.namespace, 'diff', '-f', '-'], yaml); // fails if there is a difference
  });
});

// What docs/tasks/gitops.md says of kustomize, which is a part of kubectl.
describe('kustomize', () => {
  const directory = mkdtempSync(join(tmpdir(), 'kustomize-'));
  const yaml = synthFile('main.ts');
  const build = async (kustomization: object) => {
    const text = JSON.stringify({ resources: ['mysql.k8s.yaml'], ...kustomization }); // JSON is YAML
    writeFileSync(join(directory, 'kustomization.yaml'), text);
    return Manifests.parse(await kubectl(['kustomize', directory]));
  };
  beforeAll(() => writeFileSync(join(directory, 'mysql.k8s.yaml'), yaml));
  afterAll(() => rmSync(directory, { recursive: true }));

  test('namespace, labels, annotations, images and replicas change what they name, and nothing else', async () => {
    const built = await build({
      namespace: 'shop',
      labels: [{ pairs: { team: 'blue' } }],
      commonAnnotations: { 'example.com/note': 'mine' },
      images: [{ name: 'mysql', newTag: '8.4.6' }],
      replicas: [{ name: 'mysql', count: 5 }],
    });
    for (const { metadata } of built.all) {
      expect(metadata).toMatchObject({
        namespace: 'shop',
        labels: { team: 'blue', app: 'mysql' },
        annotations: { 'example.com/note': 'mine' },
      });
    }
    expect(built.at('StatefulSet/mysql: spec.replicas')).toBe(5);
    const before = Manifests.parse(yaml).get('StatefulSet/mysql').spec;
    const { selector, serviceName, template } = built.get('StatefulSet/mysql').spec;
    expect({ selector, serviceName }).toEqual({ selector: before.selector, serviceName: before.serviceName });
    const image = { 'mysql:8.4': 'mysql:8.4.6' } as Record<string, string>;
    expect(template.spec).toEqual(
      JSON.parse(JSON.stringify(before.template.spec), (key, value) =>
        key === 'image' ? (image[value] ?? value) : value,
      ),
    );
  });

  test('a prefix reaches neither the selector of the primary nor the scripts', async () => {
    const built = await build({ namePrefix: 'dev-' });
    expect(built.at('Service/dev-mysql-primary: spec.selector[statefulset.kubernetes.io/pod-name]')).toBe('mysql-0');
    expect(built.at('StatefulSet/dev-mysql: spec.template.spec.initContainers[init-mysql].command[2]')).toContain(
      'service=mysql\n',
    );
  });
});

/** A pod as a controller makes it from a workload, without what another object must be there for. */
function podOf({ metadata, spec }: Yaml): Record<'metadata' | 'spec', Yaml> {
  const pod: Yaml = { ...spec.template.spec, serviceAccountName: undefined!, priorityClassName: undefined! };
  const claims = Object.values(spec.volumeClaimTemplates ?? {}).map((claim) => ({
    name: claim.metadata.name,
    emptyDir: {},
  }));
  const volumes = [...Object.values(pod.volumes ?? {}), ...claims] as unknown as Yaml;
  return { metadata: { name: metadata.name, labels: spec.template.metadata.labels }, spec: { ...pod, volumes } };
}
