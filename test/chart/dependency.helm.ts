import { cpSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Manifests } from '../support/manifests';
import { chartDirectory, rendered } from './support/helm';

/** A chart that depends on ours twice, under two names. */
function parent(): string {
  const directory = mkdtempSync(join(tmpdir(), 'parent-'));
  cpSync(chartDirectory(), join(directory, 'charts/replicated-mysql'), { recursive: true });
  const dependency = (alias: string) => ({
    name: 'replicated-mysql',
    version: '*',
    alias,
    condition: `${alias}.enabled`,
  });
  const dependencies = ['orders', 'stock'].map(dependency);
  writeFileSync(
    join(directory, 'Chart.yaml'),
    JSON.stringify({ apiVersion: 'v2', name: 'shop', version: '0.1.0', dependencies }),
  );
  return directory;
}

test('another chart may depend on it, also twice, and hand it global values and a condition', () => {
  const values = { global: { team: 'blue' }, orders: { name: 'orders', enabled: true }, stock: { enabled: false } };
  const { text, refusal } = rendered(parent(), values);
  expect(refusal).toBe('');
  expect(Manifests.parse(text).names.sort()).toEqual([
    'ConfigMap/orders',
    'NetworkPolicy/orders',
    'PodDisruptionBudget/orders',
    'Service/orders',
    'Service/orders-primary',
    'Service/orders-read',
    'StatefulSet/orders',
  ]);
});
