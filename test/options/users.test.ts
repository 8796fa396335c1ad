import { Duration } from 'cdk8s';
import { Credentials, Grant, MySqlVersion, Password, ReplicatedMySqlProps, UserProps } from '../../lib';
import { Manifests, synth } from '../support/manifests';
import { CONTAINERS, POD } from '../support/reach';

const user: UserProps = { name: 'shop', password: Password.fromKey('shop-password') };
const dataOf = (props: ReplicatedMySqlProps) =>
  synth(props).at('ConfigMap/mysql: data') as unknown as Record<string, string>;
const accountOf = (props: Partial<UserProps>) => dataOf({ users: [{ ...user, ...props }] }).users.split('\n');

test('databases and users reach the ConfigMap, and nothing else', () => {
  const props = { databases: ['shop'], users: [{ ...user, grants: [Grant.readWrite('shop')] }] };
  expect(dataOf(props)).toMatchObject({
    databases: '`shop`\n',
    users: `account 'shop'@'%'
password shop-password 3600
options REQUIRE NONE WITH MAX_USER_CONNECTIONS 0
grant SELECT, INSERT, UPDATE, DELETE, EXECUTE, SHOW VIEW, LOCK TABLES, CREATE TEMPORARY TABLES ON \`shop\`.*
`,
  });
  expect(synth(props).get('StatefulSet/mysql')).toEqual(synth({}).get('StatefulSet/mysql'));
});

test('without databases and users, the ConfigMap has no keys for them', () => {
  expect(Object.keys(dataOf({}))).not.toEqual(expect.arrayContaining([expect.stringMatching('users|databases')]));
});

test.each<[Partial<UserProps>, string]>([
  [{ hosts: ['10.%', 'WWW.example.com'] }, "account 'shop'@'www.example.com'"],
  [{ name: "o'neill\\" }, "account 'o\\'neill\\\\'@'%'"],
  [{ password: Password.fromKey('key', { keepOld: Duration.minutes(2) }) }, 'password key 120'],
  [{ requireTls: true }, 'options REQUIRE SSL WITH MAX_USER_CONNECTIONS 0'],
  [{ requireTls: true, requireX509: true, maxConnections: 7 }, 'options REQUIRE X509 WITH MAX_USER_CONNECTIONS 7'],
  [{ roles: ['a b', "c's"] }, "role 'c\\'s'@'%'"],
  [{ grants: [Grant.readOnly('a_b%c`d-é')] }, 'grant SELECT, SHOW VIEW ON `a\\_b\\%c``d-é`.*'],
  [{ grants: [Grant.owner('shop')] }, 'grant ALL PRIVILEGES ON `shop`.*'],
  [{ grants: [Grant.of(['REPLICATION CLIENT', 'PROCESS'])] }, 'grant REPLICATION CLIENT, PROCESS ON *.*'],
  [{ grants: [Grant.of(['SELECT'], { database: 'a_b', table: 'c_d' })] }, 'grant SELECT ON `a_b`.`c_d`'],
])('%j is written as %s', (props, line) => {
  expect(accountOf(props)).toContain(line);
});

test('the sidecar alone mounts the Secret as a whole, so that a new key restarts nothing', () => {
  const pod = synth({});
  expect(pod.at(`${POD}.volumes[secret]`)).toEqual({
    name: 'secret',
    secret: { secretName: 'mysql', optional: true, defaultMode: 0o440 },
  });
  expect(mounts(pod, CONTAINERS.xtrabackup)).toContain('/mnt/secret');
  for (const container of [CONTAINERS.init, CONTAINERS.clone, CONTAINERS.mysql])
    expect(mounts(pod, container)).not.toContain('/mnt/secret');
});

test.each<[string, ReplicatedMySqlProps]>([
  ['without a Secret', { credentials: Credentials.insecure() }],
  ['on a server without attributes', { version: MySqlVersion.of('8.0.20') }],
])('%s, the Secret is not mounted as a whole', (_, props) => {
  expect(mounts(synth(props), CONTAINERS.xtrabackup)).not.toContain('/mnt/secret');
});

const mounts = (pod: Manifests, container: string) =>
  (pod.at(`${container}.volumeMounts`) as unknown as { mountPath: string }[]).map(({ mountPath }) => mountPath);
