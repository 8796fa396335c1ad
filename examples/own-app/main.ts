import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { ReplicatedMySql } from '../../lib'; // in your own app: 'cdk8s-replicated-mysql'

// A shop and its database: the shop writes to the primary, and reads from any instance.
const app = new App();
const mysql = new ReplicatedMySql(new Chart(app, 'database'), 'mysql', { name: 'shop-db' });

const labels = { app: 'shop' };
new k8s.KubeDeployment(new Chart(app, 'shop'), 'shop', {
  metadata: { name: 'shop', labels },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'shop',
            image: 'example.com/shop:1.0',
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
            resources: {
              requests: { cpu: k8s.Quantity.fromString('100m'), memory: k8s.Quantity.fromString('128Mi') },
            },
            env: [
              { name: 'DATABASE_WRITE', value: mysql.primary.socketAddress },
              { name: 'DATABASE_READ', value: mysql.read.socketAddress },
              // The shop has its own account in the database: the cluster's Secret is for the cluster.
              { name: 'DATABASE_PASSWORD', valueFrom: { secretKeyRef: { name: 'shop', key: 'database-password' } } },
            ],
          },
        ],
      },
    },
  },
});
app.synth();
