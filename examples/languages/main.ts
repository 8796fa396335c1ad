import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Credentials, Exposure, MySqlVersion, Reads, ReplicatedMySql } from '../../lib'; // in your own app: 'cdk8s-replicated-mysql'

// A cluster that python/, java/ and go/ declare as well: all four synthesize the same YAML.
const app = new App();
const chart = new Chart(app, 'database', { namespace: 'shop' });
const memory = Size.gibibytes(8);

const mysql = new ReplicatedMySql(chart, 'mysql', {
  name: 'orders',
  replicas: 5,
  version: MySqlVersion.of('8.4.6'),
  credentials: Credentials.fromSecret('vault', { root: 'admin' }),
  storage: { size: Size.gibibytes(200), storageClassName: 'fast' },
  resources: { mysql: { requests: { cpu: Cpu.units(2), memory }, limits: { memory } } },
  settings: { all: { max_connections: '500' } },
  metadata: { podLabels: { team: 'blue' } },
  scheduling: { tolerations: [{ key: 'database', operator: 'Exists' }] },
  reads: { from: Reads.fromReplicas(), maxLag: Duration.minutes(10) },
  services: { read: { exposure: Exposure.loadBalancer({ sourceRanges: ['203.0.113.0/24'] }) } },
});
console.log(`write to ${mysql.primary.socketAddress}, read from ${mysql.read.socketAddress}`);
app.synth();
