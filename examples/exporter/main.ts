import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Client, Initialize, ReplicatedMySql } from '../../lib'; // in your own app: 'cdk8s-replicated-mysql'

// An exporter of metrics in each pod, and its account from the first initialization on. You give the account its password,
// and the Secret `exporter` a file my.cnf with the login: see docs/tasks/add-to-the-pods.md.
const sql = `CREATE USER exporter@'127.0.0.1' WITH MAX_USER_CONNECTIONS 3 ACCOUNT LOCK;
GRANT PROCESS, REPLICATION CLIENT, SELECT ON *.* TO exporter@'127.0.0.1';
`;
const app = new App();
const chart = new Chart(app, 'database');
new ReplicatedMySql(chart, 'mysql', {
  initialize: Initialize.ifEmpty({ sql }),
  network: {
    clients: [Client.pods(), Client.pods({ namespace: 'monitoring', ports: [9104] })], // the second one is Prometheus
    egress: [], // the exporter talks to its own pod only
  },
  extras: {
    containers: [
      {
        name: 'exporter',
        image: 'prom/mysqld-exporter:v0.17.2',
        args: ['--config.my-cnf=/etc/exporter/my.cnf'],
        ports: [{ name: 'metrics', containerPort: 9104 }],
        resources: { requests: { cpu: k8s.Quantity.fromString('20m'), memory: k8s.Quantity.fromString('32Mi') } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [{ name: 'login', mountPath: '/etc/exporter', readOnly: true }],
      },
    ],
    volumes: [{ name: 'login', secret: { secretName: 'exporter', defaultMode: 0o440 } }],
  },
});
app.synth();
