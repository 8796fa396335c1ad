import { EXAMPLES } from '../support/examples';
import { synthFile } from '../support/synth-file';
import { TestCluster } from './support/cluster';
import { kubectl } from './support/kubectl';

// The API server checks each object of each example: every field is known, every value allowed. Nothing is created.
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

  test.each(EXAMPLES)('%s is taken by the API server', async (name) => {
    const yaml = synthFile(`examples/${name}/main.ts`);
    const taken = (await check(yaml)).trim().split('\n');
    expect(taken).toHaveLength(yaml.split(/^kind: /m).length - 1);
  });

  test('a field that the API server does not know is refused', async () => {
    const yaml = synthFile('examples/eureka/main.ts').replace('serviceName:', 'serviceNames:');
    await expect(check(yaml)).rejects.toThrow('unknown field "spec.serviceNames"');
  });
});
