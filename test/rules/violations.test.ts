import { Size } from 'cdk8s';
import { Credentials } from '../../lib';
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
