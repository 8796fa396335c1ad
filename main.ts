import { App, Chart } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-28';
import { CloneMethod, Credentials, ReplicatedMySql } from './lib';

// The Kubernetes tutorial "Run a Replicated Stateful Application" as an app.
const app = new App();
new ReplicatedMySql(new Chart(app, 'mysql'), 'mysql', {
  cloneMethod: CloneMethod.xtraBackup(),
  credentials: Credentials.insecure(),
  podManagementPolicy: PodManagementPolicy.ORDERED_READY,
});
app.synth();
