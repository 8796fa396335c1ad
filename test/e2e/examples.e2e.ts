import { EXAMPLES } from '../support/examples';
import { synthFile } from '../support/synth-file';
import { TestCluster } from './support/cluster';
import { kubectl } from './support/kubectl';

// The API server validates each object of each example, its fields and their values, and creates nothing.
describe('examples', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await TestCluster.create('examples');
  });
  afterAll(() => cluster?.destroy());

  const check = (yaml: string) => {
    const options = ['--dry-run=server', '--validate=strict', '--output=name'];
    return kubectl(['--namespace', cluster.namespace, 'apply', '-f', '-', ...options], yaml);
  };

  test.each(EXAMPLES)('the API server accepts %s', async (name) => {
    const yaml = synthFile(`examples/${name}/main.ts`);
    const accepted = (await check(yaml)).trim().split('\n');
    expect(accepted).toHaveLength(yaml.split(/^kind: /m).length - 1);
  });

  test('the API server rejects an unknown field', async () => {
    const yaml = synthFile('examples/eureka/main.ts').replace('serviceName:', 'serviceNames:');
    await expect(check(yaml)).rejects.toThrow('unknown field "spec.serviceNames"');
  });
});
