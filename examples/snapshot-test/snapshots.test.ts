import { Testing } from 'cdk8s';
import { Database } from './database';

// For the CI of your app: what changes in the YAML is seen in a review before anything is applied.
test('the database is as it was reviewed', () => {
  const objects: unknown[] = Testing.synth(new Database(Testing.app(), 'database'));
  // The scripts are the library's, and change with its releases. Leave this line out to review those, too.
  const withoutScripts = JSON.parse(JSON.stringify(objects, (key, value) => (key === 'command' ? '(script)' : value)));
  expect(withoutScripts).toMatchSnapshot();
});
