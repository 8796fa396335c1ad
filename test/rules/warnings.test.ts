import { App, Chart } from 'cdk8s';
import { CloneMethod, Credentials, MySqlVersion, ReplicatedMySql } from '../../lib';
import { synth } from '../support/manifests';

const INSECURE =
  'insecure credentials: every password is empty and root may log in from anywhere; use Credentials.fromSecret() for data';

let emitted: jest.SpyInstance;
beforeEach(() => {
  emitted = jest.spyOn(process, 'emitWarning').mockImplementation();
});
afterEach(() => emitted.mockRestore());

test('synth warns of insecure credentials once per construct, however often it runs', () => {
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

test('the warning of insecure credentials is an annotation of the StatefulSet', () => {
  const manifests = synth({ credentials: Credentials.insecure() });
  expect(manifests.at('StatefulSet/mysql: metadata.annotations[replicated-mysql/warning]')).toBe(INSECURE);
});

test.each([
  [MySqlVersion.V5_7, 'MySQL 5.7 gets no fixes since its end of life in October 2023; use MySqlVersion.V8_4 or later'],
  [
    MySqlVersion.of('5.7.44'),
    'MySQL 5.7 gets no fixes since its end of life in October 2023; use MySqlVersion.V8_4 or later',
  ],
  [MySqlVersion.V8_0, 'MySQL 8.0 gets no fixes since its end of life in April 2026; use MySqlVersion.V8_4 or later'],
])('synth warns of a version that gets no fixes, and does not refuse it: $tag', (version, text) => {
  const annotation = 'StatefulSet/mysql: metadata.annotations[replicated-mysql/warning]';
  expect(synth({ version }).at(annotation)).toBe(text);
  const warning = { type: 'ReplicatedMySqlWarning', code: 'REPLICATED_MYSQL_EOL' };
  expect(emitted.mock.calls).toEqual([[`chart/cluster: ${text}`, warning]]);
  expect(synth({ version, credentials: Credentials.insecure() }).at(annotation)).toBe(`${INSECURE}\n${text}`);
});

test('synth warns of an XtraBackup that does not support the release', () => {
  const warning = { type: 'ReplicatedMySqlWarning', code: 'REPLICATED_MYSQL_XTRABACKUP' };
  const text = 'the newest XtraBackup of the series does not support MySQL 8.0.28; use MySQL 8.0.34 or later';
  synth({ version: MySqlVersion.of('8.0.28') });
  expect(emitted.mock.calls).toContainEqual([`chart/cluster: ${text}`, warning]);
  emitted.mockClear();
  synth({ version: MySqlVersion.of('8.0.33') });
  synth({ version: MySqlVersion.of('8.0.34'), cloneMethod: CloneMethod.xtraBackup() });
  expect(emitted.mock.calls.filter(([, { code }]) => code === warning.code)).toEqual([]);
});

test.each([MySqlVersion.V8_4, MySqlVersion.V9_7])(
  'synth does not warn of a version that gets fixes: $tag',
  (version) => {
    synth({ version });
    expect(emitted).not.toHaveBeenCalled();
  },
);

test('synth does not warn of credentials from a Secret', () => {
  const annotation = 'StatefulSet/mysql: metadata.annotations[replicated-mysql/warning]';
  expect(synth({ credentials: Credentials.fromSecret('vault') }).at(annotation)).toBe(undefined);
  expect(synth().at(annotation)).toBe(undefined);
  expect(emitted).not.toHaveBeenCalled();
});
