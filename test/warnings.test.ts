import { App, Chart } from 'cdk8s';
import { Credentials, ReplicatedMySql } from '../lib';
import { synth } from './manifests';

const INSECURE =
  'insecure credentials: every password is empty and root may log in from anywhere; use Credentials.fromSecret() for data';

let emitted: jest.SpyInstance;
beforeEach(() => {
  emitted = jest.spyOn(process, 'emitWarning').mockImplementation();
});
afterEach(() => emitted.mockRestore());

test('insecure credentials are warned of once per construct, however often the app is synthesized', () => {
  const app = new App();
  const props = { credentials: Credentials.insecure() };
  new ReplicatedMySql(new Chart(app, 'one'), 'db', { ...props, name: 'a' });
  new ReplicatedMySql(new Chart(app, 'two'), 'db', { ...props, name: 'b' });
  app.synthYaml();
  app.synthYaml();
  const warning = { type: 'ReplicatedMySqlWarning', code: 'REPLICATED_MYSQL_INSECURE' };
  expect(emitted.mock.calls).toEqual([
    [`one/db: ${INSECURE}`, warning],
    [`two/db: ${INSECURE}`, warning],
  ]);
});

test('insecure credentials are an annotation of the StatefulSet', () => {
  const manifests = synth({ credentials: Credentials.insecure() });
  expect(manifests.at('StatefulSet/mysql: metadata.annotations[replicated-mysql/warning]')).toBe(INSECURE);
});

test('credentials from a Secret are not warned of', () => {
  expect(synth({ credentials: Credentials.fromSecret('vault') }).at('StatefulSet/mysql: metadata.annotations')).toBe(
    undefined,
  );
  expect(synth().at('StatefulSet/mysql: metadata.annotations')).toBe(undefined);
  expect(emitted).not.toHaveBeenCalled();
});
