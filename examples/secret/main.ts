import { App, Chart } from 'cdk8s';
import { Credentials, Initialize, ReplicatedMySql } from '../../lib'; // in your own app: 'cdk8s-replicated-mysql'

// Passwords from a Secret that another tool manages, under its keys. Set `Initialize.never()` after the first rollout,
// and begin a new cluster with the default.
const app = new App();
new ReplicatedMySql(new Chart(app, 'database'), 'mysql', {
  credentials: Credentials.fromSecret('vault-mysql', {
    root: 'MYSQL_ROOT_PASSWORD',
    replication: 'MYSQL_REPLICATION_PASSWORD',
    backup: 'MYSQL_BACKUP_PASSWORD',
    probe: 'MYSQL_PROBE_PASSWORD',
  }),
  initialize: Initialize.never(),
});
app.synth();
