import { App, Chart, Size } from 'cdk8s';
import { ClaimRetention, ReplicatedMySql } from '../../lib'; // 'cdk8s-replicated-mysql' in an app of your own

// Two clusters: one on block devices of Ceph, as Rook provides them, and one on whatever the Kubernetes cluster has.
const app = new App();
new ReplicatedMySql(new Chart(app, 'orders'), 'mysql', {
  name: 'orders',
  storage: { size: Size.gibibytes(100), storageClassName: 'rook-ceph-block' },
});
new ReplicatedMySql(new Chart(app, 'reports'), 'mysql', {
  name: 'reports',
  // Data that can be made again: no claim is left over when the cluster is deleted.
  storage: { size: Size.gibibytes(20), claimRetention: ClaimRetention.deleteWithStatefulSet() },
});
app.synth();
