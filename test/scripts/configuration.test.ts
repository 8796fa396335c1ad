import { rendered } from './sandbox/rendered';
import { Sandbox } from './sandbox/sandbox';
import { secret } from './sandbox/secret';

const cluster = rendered({ replicas: 1, serverIdBase: 7000 });

test.each([
  [0, 'primary', 7000],
  [1, 'replica', 7001],
  [12, 'replica', 7012],
])('mysql-%i gets the configuration of a %s and server-id %i', async (ordinal, role, serverId) => {
  const sandbox = new Sandbox(cluster, ordinal);
  sandbox.setDnsForPods();
  sandbox.write({
    ...secret(),
    'mnt/config-map/primary.cnf': 'of primary',
    'mnt/config-map/replica.cnf': 'of replica',
  });
  const run = sandbox.start('init-mysql');
  expect(await run.code()).toBe(0);
  expect(sandbox.tree('mnt/conf.d')).toEqual({
    [`${role}.cnf`]: `of ${role}`,
    'server-id.cnf': `[mysqld]\nserver-id=${serverId}\nreport-host=mysql-${ordinal}.mysql\n`,
    'client.cnf': expect.stringMatching(/^\[client\]\nuser=root\nsocket=.*\/var\/run\/mysqld\/mysqld.sock\n$/),
  });
  expect(run.output).toMatch(new RegExp(`mysql-${ordinal} is .* ${role}, server-id ${serverId}`));
});

test.each(['dev-mysql-0', 'mysql-v2-0', 'mysql-2-1'])(
  'a pod that was renamed after synth, such as %s, is refused before anything happens',
  async (hostname) => {
    const sandbox = new Sandbox(cluster, 0, hostname);
    sandbox.write(secret());
    const run = sandbox.start('init-mysql');
    expect(await run.code()).toBe(1);
    expect(run.output).toContain(`REFUSED: ${hostname} is not a pod of mysql, the name in its scripts`);
    expect(sandbox.tree('mnt/conf.d')).toEqual({});
  },
);

test('a pod whose address is IPv6 is refused before anything is asked', async () => {
  const sandbox = new Sandbox(rendered(), 0);
  const run = sandbox.start('init-mysql', { env: { POD_IP: 'fd00::7' } });
  expect(await run.code()).toBe(1);
  expect(run.output).toContain(
    'REFUSED: the address of this pod is fd00::7, and instances find each other by IPv4 alone',
  );
});
