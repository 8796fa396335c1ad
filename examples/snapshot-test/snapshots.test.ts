import { Testing } from 'cdk8s';
import { Database } from './database';

// For the CI of your app: a review shows every change of the YAML before you apply it.
test('the YAML of the database is the reviewed one', () => {
  const objects: unknown[] = Testing.synth(new Database(Testing.app(), 'database'));
  // The scripts belong to the library, and change with its releases. Remove this line to review them as well.
  const withoutScripts = JSON.parse(JSON.stringify(objects, (key, value) => (key === 'command' ? '(script)' : value)));
  expect(withoutScripts).toMatchSnapshot();
});
