import { App, Chart, Size } from 'cdk8s';
import { ClaimRetention, ReplicatedMySql } from '../../lib'; // in your own app: 'cdk8s-replicated-mysql'

// Two clusters: one on Ceph block devices, which Rook provides, and one on the default storage class.
const app = new App();
new ReplicatedMySql(new Chart(app, 'orders'), 'mysql', {
  name: 'orders',
  storage: { size: Size.gibibytes(100), storageClassName: 'rook-ceph-block' },
});
new ReplicatedMySql(new Chart(app, 'reports'), 'mysql', {
  name: 'reports',
  // This data can be made again, so its claims are deleted together with the cluster.
  storage: { size: Size.gibibytes(20), claimRetention: ClaimRetention.deleteWithStatefulSet() },
});
app.synth();
