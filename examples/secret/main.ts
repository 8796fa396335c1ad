import { App, Chart } from 'cdk8s';
import { Credentials, Initialize, ReplicatedMySql } from '../../lib'; // 'cdk8s-replicated-mysql' in an app of your own

// Passwords from a Secret that something else keeps, under keys of its own. After the first rollout: initialize never.
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
