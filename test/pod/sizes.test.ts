import { Size } from 'cdk8s';
import { MySqlVersion, ReplicatedMySqlProps, ResourceProps } from '../../lib';
import { synth } from '../support/manifests';

/** The options of the primary, by name. */
function options(props: ReplicatedMySqlProps): Record<string, string> {
  const cnf = String(synth(props).at('ConfigMap/mysql: data[primary.cnf]'));
  return Object.fromEntries([...cnf.matchAll(/^([a-z-]+)=(.*)$/gm)].map(([, option, value]) => [option, value]));
}

const limit = (memory: Size): ResourceProps => ({ mysql: { limits: { memory } } });
const mebibytes = (value: string) => Number(value.replace('M', ''));

test.each<[Size, string, string, string]>([
  [Size.mebibytes(500), '64M', '1', '16'],
  [Size.gibibytes(1), '256M', '1', '33'],
  [Size.gibibytes(4), '1664M', '1', '217'],
  [Size.gibibytes(16), '10240M', '8', '577'],
  [Size.gibibytes(64), '56320M', '8', '500'],
])('a limit of %j: pool, its instances and connections', (memory, pool, instances, connections) => {
  expect(options({ resources: limit(memory) })).toMatchObject({
    'innodb-buffer-pool-size': pool,
    'innodb-buffer-pool-instances': instances,
    'max-connections': connections,
  });
});

test.each([768, 1024, 1536, 2048, 3000, 4096, 5000, 8192, 12_000, 16_384, 50_000, 65_536, 262_144])(
  'in %i MiB, the server, its caches and all connections find room',
  (memory) => {
    const found = options({ resources: limit(Size.mebibytes(memory)) });
    const pool = mebibytes(found['innodb-buffer-pool-size']);
    const history = (Number(found['binlog-transaction-dependency-history-size']) * 33) / 2 ** 20;
    const connections = 8 * Number(found['max-connections']);
    expect(448 + pool * 1.03 + mebibytes(found['temptable-max-ram']) + history + connections).toBeLessThanOrEqual(
      memory,
    );
    // Else the server would round the pool up.
    expect(pool % (128 * Number(found['innodb-buffer-pool-instances']))).toBe(0);
  },
);

test('a request sizes caches, and refuses no connection', () => {
  const found = options({});
  expect(found).toMatchObject({ 'innodb-buffer-pool-size': '256M', 'temptable-max-ram': '32M' });
  expect(found).not.toHaveProperty('max-connections');
});

test('without an amount of memory, the server has its defaults', () => {
  const found = options({ resources: { mysql: {} } });
  for (const option of ['innodb-buffer-pool-size', 'temptable-max-ram', 'max-connections']) {
    expect(found).not.toHaveProperty(option);
  }
});

test.each([
  [Size.mebibytes(256), Size.gibibytes(1), '16M'],
  [Size.gibibytes(4), Size.gibibytes(1), '256M'],
  [Size.tebibytes(1), Size.gibibytes(1), '512M'], // twice the pool
  [Size.tebibytes(1), Size.gibibytes(64), '8192M'],
])('on a volume of %j, with %j of memory, the redo log has %s', (size, memory, capacity) => {
  expect(options({ storage: { size }, resources: limit(memory) })['innodb-redo-log-capacity']).toBe(capacity);
});

test('a version has the options that it knows', () => {
  expect(options({ version: MySqlVersion.of('8.0.28') })['innodb-log-file-size']).toBe('256M');
  expect(options({ version: MySqlVersion.V5_7 })).not.toHaveProperty('temptable-max-ram');
});

test('settings take precedence', () => {
  const settings = { all: { innodb_buffer_pool_size: '300M' }, primary: { 'innodb-redo-log-capacity': '1G' } };
  const cnf = String(synth({ settings }).at('ConfigMap/mysql: data[primary.cnf]'));
  expect(cnf.match(/^innodb-(buffer-pool-size|redo-log-capacity)=.*$/gm)).toEqual([
    'innodb-buffer-pool-size=300M',
    'innodb-redo-log-capacity=1G',
  ]);
});
