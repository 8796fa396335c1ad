import { App } from 'cdk8s';
import { Database } from './database';

// An app with a snapshot test: snapshots.test.ts compares its YAML with the YAML that was reviewed.
const app = new App();
new Database(app, 'database');
app.synth();
