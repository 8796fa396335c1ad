import { App, Chart, Duration } from 'cdk8s';
import { Exposure, ReplicatedMySql } from '../../lib'; // in your own app: 'cdk8s-replicated-mysql'

// One network outside the Kubernetes cluster can read, from instances that are up to date. Writes stay inside.
const app = new App();
new ReplicatedMySql(new Chart(app, 'database'), 'mysql', {
  reads: { maxLag: Duration.seconds(30) },
  services: {
    read: {
      exposure: Exposure.loadBalancer({ sourceRanges: ['203.0.113.0/24'] }),
      annotations: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb' },
    },
  },
});
app.synth();
