import { Duration } from 'cdk8s';
import { MySqlVersion, ReplicatedMySqlProps, Tls, TlsVersion } from '../../lib';
import { Manifests, synth } from '../support/manifests';
import { CONTAINERS, has, hasNot, POD } from '../support/reach';

const MANAGED = Tls.fromCertManager({ issuer: 'internal' });
const synthTls = (tls: Tls, props: ReplicatedMySqlProps = {}) => synth({ namespace: 'shop', ...props, tls });
const optionsOf = (yaml: Manifests) => yaml.at('ConfigMap/mysql: data') as unknown as { 'primary.cnf': string };
const mountsOf = (yaml: Manifests, container: string) =>
  (yaml.at(`${container}.volumeMounts`) as unknown as { name: string; readOnly?: boolean }[])
    .filter(({ name }) => name.startsWith('tls'))
    .map(({ name, readOnly }) => `${name}${readOnly ? ' to read' : ''}`);

test('by default the servers make their own certificates, and nothing is mounted', () => {
  expect(synth({ tls: Tls.generated() }).all).toEqual(synth().all);
  expect(optionsOf(synth())['primary.cnf']).not.toMatch(/ssl|tls|secure-transport/);
});

test('a certificate from a Secret is checked and copied by two containers, and used by the server', () => {
  const yaml = synthTls(Tls.fromSecret('own'));
  expect(yaml.at(`${POD}.volumes[tls-secret].secret`)).toEqual({
    secretName: 'own',
    optional: true,
    defaultMode: 0o440,
  });
  expect(yaml.at(`${POD}.volumes[tls].emptyDir`)).toEqual({ medium: 'Memory', sizeLimit: '1Mi' });
  expect(mountsOf(yaml, CONTAINERS.init)).toEqual(['tls-secret to read', 'tls']);
  expect(mountsOf(yaml, CONTAINERS.clone)).toEqual([]);
  expect(mountsOf(yaml, CONTAINERS.mysql)).toEqual(['tls to read']);
  expect(mountsOf(yaml, CONTAINERS.xtrabackup)).toEqual(['tls-secret to read', 'tls']);
  expect(optionsOf(yaml)).toMatchObject({
    'primary.cnf': has('ssl-cert=/mnt/tls/current/tls.crt\nssl-key=/mnt/tls/current/tls.key\n'),
    'replica.cnf': has('ssl-ca=/mnt/tls/current/ca.crt\n'),
  });
  expect(yaml.all.map(({ kind }) => String(kind))).not.toContain('Certificate');
});

test('cert-manager gets a Certificate with the names of the construct', () => {
  const tls = Tls.fromCertManager({
    issuer: 'internal',
    kind: 'ClusterIssuer',
    group: 'issuers.example.com',
    duration: Duration.hours(2),
    renewBefore: Duration.minutes(30),
    clusterDomain: 'example.com',
  });
  const yaml = synthTls(tls, { name: 'orders' });
  expect(yaml.at('Certificate/orders-tls: spec')).toEqual({
    secretName: 'orders-tls',
    dnsNames: [
      ...['orders', 'orders.shop', 'orders.shop.svc', 'orders.shop.svc.example.com'],
      ...['orders-primary', 'orders-primary.shop', 'orders-primary.shop.svc', 'orders-primary.shop.svc.example.com'],
      ...['orders-read', 'orders-read.shop', 'orders-read.shop.svc', 'orders-read.shop.svc.example.com'],
      '*.orders.shop.svc.example.com',
      'localhost',
    ],
    duration: '7200s',
    renewBefore: '1800s',
    usages: ['digital signature', 'key encipherment', 'server auth'],
    privateKey: { rotationPolicy: 'Always' },
    issuerRef: { name: 'internal', kind: 'ClusterIssuer', group: 'issuers.example.com' },
  });
  expect(yaml.at('Certificate/orders-tls: metadata')).toMatchObject({ namespace: 'shop', labels: { app: 'orders' } });
});

test('what is not given is left to cert-manager', () => {
  const spec = synthTls(MANAGED).at('Certificate/mysql-tls: spec');
  expect(spec).toMatchObject({ issuerRef: { name: 'internal', kind: 'Issuer', group: 'cert-manager.io' } });
  expect(Object.keys(spec as object)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/duration|renewBefore/)]),
  );
});

test('without a certificate, a pod says what to do about it', () => {
  expect(synthTls(MANAGED).at(`${CONTAINERS.init}.command[2]`)).toEqual(
    has('$why. kubectl describe certificate mysql-tls"'),
  );
  expect(synthTls(Tls.fromSecret('own')).at(`${CONTAINERS.init}.command[2]`)).toEqual(
    has('$why. kubectl create secret generic own --type=kubernetes.io/tls --from-file=tls.crt'),
  );
});

test.each<[Tls, MySqlVersion, string[]]>([
  [Tls.generated(), MySqlVersion.V9_7, []],
  [Tls.generated({ requireTls: true }), MySqlVersion.V9_7, ['require-secure-transport=ON']],
  [Tls.generated({ minimumVersion: TlsVersion.V1_2 }), MySqlVersion.V9_7, ['tls-version=TLSv1.2,TLSv1.3']],
  [Tls.generated({ minimumVersion: TlsVersion.V1_3 }), MySqlVersion.V9_7, ['tls-version=TLSv1.3']],
  [Tls.generated(), MySqlVersion.of('8.0.28'), []],
  [Tls.generated(), MySqlVersion.of('8.0.27'), ['tls-version=TLSv1.2,TLSv1.3']],
  [Tls.generated(), MySqlVersion.of('8.0.15'), ['tls-version=TLSv1.2']],
  [Tls.generated({ requireTls: true }), MySqlVersion.V5_7, ['require-secure-transport=ON', 'tls-version=TLSv1.2']],
])('%j of %j is written as %j', (tls, version, lines) => {
  const { 'primary.cnf': text } = optionsOf(synthTls(tls, { version, images: { server: 'a:1', xtrabackup: 'b:1' } }));
  expect(text.split('\n').filter((line) => /^(require|tls)-/.test(line))).toEqual(lines);
});

test("a user's own tls-version wins over the default of a server that accepts old ones", () => {
  const settings = { all: { 'tls-version': 'TLSv1.1,TLSv1.2' } };
  const { 'primary.cnf': text } = optionsOf(synth({ version: MySqlVersion.of('8.0.27'), settings }));
  expect(text).toEqual(has('\ntls-version=TLSv1.1,TLSv1.2\n'));
  expect(text).toEqual(hasNot('TLSv1.3'));
});
