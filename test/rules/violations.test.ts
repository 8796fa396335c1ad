import { App, Chart, Size } from 'cdk8s';
import { Credentials, ReplicatedMySql } from '../../lib';
import { violations } from '../support/rules';

test('all violations are reported at once', () => {
  const messages = violations({
    name: 'My_Sql',
    replicas: 0,
    images: { pullPolicy: 'always' },
    storage: { size: Size.gibibytes(0), accessModes: [] },
    settings: { all: { gtid_mode: 'OFF' }, replica: { super_read_only: 'OFF' } },
    credentials: Credentials.fromSecret(''),
    metadata: { podLabels: { app: 'x' } },
  });
  expect(messages.map((message) => message.split(':')[0])).toEqual([
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

test('what follows from the props alone is found once, however many charts cdk8s asks for', () => {
  let looks = 0;
  const settings = {
    get all() {
      looks++;
      return undefined;
    },
  };
  const app = new App();
  const { node } = new ReplicatedMySql(new Chart(app, 'chart'), 'mysql', { settings });
  expect(node.validate()).toEqual([]);
  const first = looks;
  expect(first).toBeGreaterThan(0);
  expect(node.validate()).toEqual([]);
  expect(looks).toBe(first);
});
