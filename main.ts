import { App, Chart } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-28';
import { Credentials, ReplicatedMySql } from './lib';

// The Kubernetes tutorial "Run a Replicated Stateful Application" as an app.
const app = new App();
new ReplicatedMySql(new Chart(app, 'mysql'), 'mysql', {
  credentials: Credentials.insecure(),
  podManagementPolicy: PodManagementPolicy.ORDERED_READY,
});
app.synth();
