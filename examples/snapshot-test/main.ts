import { App } from 'cdk8s';
import { Database } from './database';

// An app whose YAML is compared with what was reviewed: snapshots.test.ts.
const app = new App();
new Database(app, 'database');
app.synth();
