import { App, Chart, Duration } from 'cdk8s';
import { CloneMethod, ReplicatedMySql, ReplicatedMySqlProps, Tls, TlsVersion } from '../../lib';
import { Authority, Files } from './support/authority';
import { small, TestCluster } from './support/cluster';
import { eventually } from './support/eventually';
import { tryKubectl } from './support/kubectl';

const INSTANCES = [0, 1, 2];
const RELOADED = 'the server uses the new certificate';
const VERIFY = '--ssl-mode=VERIFY_IDENTITY --ssl-ca=/tmp/ca.crt';

/** Writes in connections of their own until /tmp/stop exists, and prints what was acknowledged. */
const WRITE = `until [[ -e /tmp/stop ]]; do
  number=$((number + 1))
  mysql --host=mysql-primary --user=root --connect-timeout=5 -e "INSERT INTO test.numbers (id) VALUES ($number)" 2>/dev/null && echo $number
  sleep 0.2
done`;

/** Writes in one session until /tmp/end exists; an error ends it. */
const WRITE_IN_ONE_SESSION = `until [[ -e /tmp/end ]]; do
  echo 'INSERT INTO test.session VALUES ();'
  sleep 0.2
done | mysql --host=mysql-primary --user=root --unbuffered ${VERIFY}`;

describe('certificates', () => {
  let cluster: TestCluster;
  let writes: ReturnType<typeof tryKubectl>;

  const props = (tls?: Tls, cloneMethod = CloneMethod.clonePlugin()): ReplicatedMySqlProps => ({
    ...small,
    namespace: cluster.namespace,
    tls,
    cloneMethod,
  });
  const rollOut = async (...change: Parameters<typeof props>) => {
    await cluster.apply(props(...change));
    await cluster.kubectl('rollout', 'status', 'statefulset/mysql', '--timeout=300s');
    await cluster.ready();
  };
  const eachSays = (text: string, times = 1) =>
    Promise.all(
      INSTANCES.map((ordinal) =>
        eventually(`"${text}" ${times} times in the log of mysql-${ordinal}`, async () => {
          const lines = (await cluster.logs(ordinal, 'xtrabackup')).split('\n').filter((line) => line.includes(text));
          if (lines.length < times) throw new Error(lines.join('\n'));
          return true;
        }),
      ),
    );
  const replicasVerify = async (verify: 'YES' | 'NO') => {
    const column = 'SELECT SSL_VERIFY_SERVER_CERTIFICATE FROM performance_schema.replication_connection_configuration';
    for (const ordinal of [1, 2])
      await eventually(`mysql-${ordinal} verifies: ${verify}`, async () => {
        const seen = await cluster.sql(ordinal, column);
        if (seen !== verify) throw new Error(seen);
        return true;
      });
    await cluster.converged(3, ['test.session']);
  };
  const deliver = () => Promise.all(INSTANCES.map((ordinal) => cluster.deliver(ordinal)));
  const replace = async (files: Partial<Files>) => {
    await cluster.kubectl('patch', 'secret', 'own', '--patch', JSON.stringify({ stringData: files }));
    await deliver();
  };
  /** A file of what cert-manager has issued. */
  const issued = async (file: keyof Files) => {
    const path = `jsonpath={.data.${file.replace('.', '\\.')}}`;
    return Buffer.from(await cluster.kubectl('get', 'secret', 'mysql-tls', '-o', path), 'base64').toString();
  };
  const end = (ordinal: number) => cluster.sql(ordinal, "SHOW STATUS LIKE 'Ssl_server_not_after'");

  const inClient = (script: string, input = '') =>
    tryKubectl(['--namespace', cluster.namespace, 'exec', '-i', 'client', '--', 'bash', '-c', script], input);
  const trust = (ca: string) => inClient('cat >/tmp/ca.crt', ca);
  const asClient = async (statement: string, options = VERIFY) =>
    (await inClient(`mysql --host=mysql-primary --user=root ${options} -N -e "${statement}" 2>&1`)).stdout.trim();
  const clientsVerify = async () => expect(await asClient("SHOW STATUS LIKE 'Ssl_version'")).toMatch(/\tTLSv1/);

  /** Which processes run, and since when each pod is ready. */
  const undisturbed = async () => {
    const ready = '{range .items[*]}{.status.conditions[?(@.type=="Ready")].lastTransitionTime} {end}';
    return [
      await cluster.kubectl('get', 'pods', '-l', 'app=mysql', '-o', `jsonpath=${ready}`),
      (await cluster.pods()).map(({ containers }) => Object.values(containers).map(({ id }) => id)),
    ];
  };

  beforeAll(async () => {
    cluster = await TestCluster.create('tls');
    const issuers = [
      { kind: 'Issuer', metadata: { name: 'self' }, spec: { selfSigned: {} } },
      {
        kind: 'Certificate',
        metadata: { name: 'ca' },
        spec: { isCA: true, commonName: 'ca', secretName: 'ca', usages: ['cert sign'], issuerRef: { name: 'self' } },
      },
      { kind: 'Issuer', metadata: { name: 'internal' }, spec: { ca: { secretName: 'ca' } } },
    ];
    for (const issuer of issuers) await cluster.create({ apiVersion: 'cert-manager.io/v1', ...issuer });
    await cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'client' },
      spec: { containers: [{ name: 'client', image: small.version!._image, command: ['sleep', 'infinity'] }] },
    });
    await cluster.apply(props());
    await cluster.ready();
    const id = 'id INT PRIMARY KEY AUTO_INCREMENT';
    await cluster.sql(0, `CREATE DATABASE test; CREATE TABLE test.numbers (${id}); CREATE TABLE test.session (${id})`);
    writes = inClient(WRITE);
  });
  afterAll(() => cluster?.destroy());

  test('a running cluster moves to cert-manager, with replication running', async () => {
    await rollOut(Tls.fromCertManager({ issuer: 'internal', duration: Duration.hours(1), requireTls: true }));
    await replicasVerify('YES');
    await eachSays(', within 14 days');
    await trust(await issued('ca.crt'));
    await clientsVerify();
    expect(await asClient('SELECT 1', '--ssl-mode=DISABLED')).toMatch(/^ERROR 3159 /);
  });

  test('cert-manager renews, and nothing restarts', async () => {
    const before = await undisturbed();
    const [ends, old] = [await end(2), await issued('tls.crt')];
    const issuing = { type: 'Issuing', status: 'True', reason: 'Test', lastTransitionTime: new Date().toISOString() };
    const status = JSON.stringify({ status: { conditions: [issuing] } });
    await cluster.kubectl('patch', 'certificate', 'mysql-tls', '--subresource=status', '--type=merge', '-p', status);
    await eventually('another certificate in the Secret', async () => (await issued('tls.crt')) !== old || undefined);
    await deliver();
    await eachSays(RELOADED);
    expect(await end(2)).not.toBe(ends);
    await clientsVerify();
    expect(await undisturbed()).toEqual(before);
  });

  test('a replica that clones by the CLONE plugin verifies', async () => {
    await cluster.loseVolume(2);
    await cluster.logged(2, 'clone-mysql', 'is in place');
    await cluster.ready();
    await replicasVerify('YES');
  });

  test('a renewal, a bad pair and a change of CA fail no write of an open session, and leave every pod ready', async () => {
    const { dnsNames } = new ReplicatedMySql(new Chart(new App(), 'chart'), 'mysql', props());
    const [first, second] = [await Authority.create(cluster, 'first'), await Authority.create(cluster, 'second')];
    const [files, renewed, others] = [
      await first.issue(dnsNames),
      await first.issue(dnsNames),
      await second.issue(dnsNames),
    ];
    const bundle = files['ca.crt'] + others['ca.crt'];
    await cluster.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'own' }, stringData: files });
    await rollOut(Tls.fromSecret('own', { minimumVersion: TlsVersion.V1_3 }), CloneMethod.xtraBackup());
    await trust(files['ca.crt']);
    await clientsVerify();
    const before = await undisturbed();
    const session = inClient(WRITE_IN_ONE_SESSION);

    await replace(renewed);
    await eachSays(RELOADED);
    await replace({ 'tls.key': others['tls.key'] });
    await eachSays('is not used, and the one before stays: tls.key does not fit tls.crt');
    await replace({ ...renewed, 'ca.crt': bundle }); // 1: both CAs
    await eachSays(RELOADED, 2);
    await trust(bundle);
    await replace({ ...others, 'ca.crt': bundle }); // 2: the certificate of the new one
    await eachSays(RELOADED, 3);
    await clientsVerify();
    await replace(others); // 3: the new one alone
    await eachSays(RELOADED, 4);
    await trust(others['ca.crt']);
    await clientsVerify();

    await inClient('touch /tmp/end');
    expect(await session).toMatchObject({ code: 0, stderr: '' });
    expect(Number(await cluster.sql(0, 'SELECT COUNT(*) FROM test.session'))).toBeGreaterThan(20);
    expect(await undisturbed()).toEqual(before);
  });

  test('a replica that clones by XtraBackup verifies the name of its donor', async () => {
    await cluster.loseVolume(2);
    await cluster.logged(2, 'clone-mysql', 'is in place');
    await cluster.ready();
    await replicasVerify('YES');
  });

  test('it moves back to generated certificates, and no acknowledged write is lost', async () => {
    await rollOut();
    await replicasVerify('NO');
    await inClient('touch /tmp/stop');
    const acknowledged = (await writes).stdout.split('\n').filter(Boolean);
    expect(acknowledged.length).toBeGreaterThan(100);
    const there = (await cluster.sql(1, 'SELECT id FROM test.numbers')).split('\n');
    expect(acknowledged.filter((id) => !there.includes(id))).toEqual([]);
  });
});
