import { runningPod } from './sandbox/running-pod';

const LIVENESS = 'mysql livenessProbe exec';

test('the probe pings as the account probe, with its password in no argument', async () => {
  const instance = runningPod(1, {});
  const run = instance.start(LIVENESS);
  expect([await run.code(), run.output]).toEqual([0, 'mysqld is alive\n']);
  expect(instance.read('login')).toBe('[client]\nuser=probe\npassword="of probe"\n');
  expect(instance.read('log')).not.toContain('of probe');
});

test('it fails when the server does not answer', async () => {
  const instance = runningPod(1, {});
  instance.remove('server/state');
  expect(await instance.start(LIVENESS).code()).toBe(1);
});

test('it leaves no child that mysqld would have to reap: the client replaces the shell', async () => {
  const instance = runningPod(1, {});
  const run = instance.start(LIVENESS);
  await run.code();
  expect(instance.read('pinged-by')).toBe(`${run.pid}\n`);
});
