import { Initialize } from '../../../lib';
import { rendered, Rendered } from '../sandbox/rendered';
import { Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const cluster = rendered({ replicas: 1 });
const never = rendered({ replicas: 1, initialize: Initialize.never() });

const DATABASE = { 'mnt/data/mysql/ibdata1': 'theirs', 'mnt/data/mysql/mysql/user.ibd': 'theirs' };

function pod(ordinal: number, files: Record<string, string>, rendered: Rendered = cluster): Sandbox {
  const sandbox = new Sandbox(rendered, ordinal);
  sandbox.setDnsForPods();
  sandbox.write({ ...secret(), ...files });
  return sandbox;
}

describe.each([
  ['the primary', 0, cluster],
  ['a primary that may not initialize', 0, never],
  ['a replica', 1, cluster],
])('%s refuses, and leaves every byte of', (_, ordinal, rendered) => {
  test.each<[string, Record<string, string>, string]>([
    ['a database without our mark', DATABASE, 'a database that this cluster did not make or that is incomplete'],
    [
      'half an initialization',
      { 'mnt/data/mysql/auto.cnf': 'theirs' },
      'a database that this cluster did not make or that is incomplete',
    ],
    [
      'half a clone',
      { 'mnt/data/mysql/xtrabackup_checkpoints': 'backup_type = full-backuped' },
      'a database that this cluster did not make or that is incomplete',
    ],
    [
      'a directory that holds just hidden files',
      { 'mnt/data/mysql/.notes': 'theirs' },
      'a database that this cluster did not make or that is incomplete',
    ],
    ['something else on the volume', { 'mnt/data/photos/1.jpg': 'theirs' }, 'the volume holds photos'],
    [
      'something else beside our data',
      { 'mnt/data/mysql/.complete': 'cluster=c-1\n', 'mnt/data/base/1': 'theirs' },
      'the volume holds base',
    ],
    [
      'a database without our mark beside an attempt of ours',
      { ...DATABASE, 'mnt/data/mysql.staging/ibdata1': 'ours' },
      'a database that this cluster did not make or that is incomplete',
    ],
    [
      'a database without our mark beside a whole attempt of ours',
      { ...DATABASE, 'mnt/data/mysql.staging/.complete': 'origin=o\ncluster=c-1\ngtids=\n' },
      'a database that this cluster did not make or that is incomplete',
    ],
  ])('%s', async (_name, files, reason) => {
    const sandbox = pod(ordinal, files, rendered);
    const before = sandbox.tree('mnt/data');
    const run = sandbox.start('init-mysql');
    expect(await run.code()).toBe(1);
    expect(run.output).toContain('REFUSED: ');
    expect(run.output).toContain(reason);
    expect(run.output).toContain('Nothing was changed.');
    expect(sandbox.tree('mnt/data')).toEqual(before);
  });
});

test("a file system's own lost+found is nothing of anybody's", async () => {
  const sandbox = pod(0, {});
  sandbox.mkdir('mnt/data/lost+found');
  expect(await sandbox.start('init-mysql').code()).toBe(0);
  expect(sandbox.tree('mnt/data')).toHaveProperty(['mysql/.complete']);
});

test('an empty directory, which the kubelet makes of a subPath, counts as none', async () => {
  const sandbox = pod(0, {});
  sandbox.mkdir('mnt/data/mysql');
  expect(await sandbox.start('init-mysql').code()).toBe(0);
  expect(sandbox.tree('mnt/data')).toHaveProperty(['mysql/.complete']);
});

describe('mysqld does not start', () => {
  test.each<[string, Record<string, string>]>([
    ['on an empty directory', {}],
    ['on data without our mark', { 'mnt/data/mysql/ibdata1': 'pages' }],
  ])('%s', async (_, files) => {
    const sandbox = pod(0, {});
    sandbox.mkdir('var/run/mysqld');
    sandbox.write(files);
    const run = sandbox.start('mysql');
    expect(await run.code()).toBe(1);
    expect(run.output).toContain('REFUSED: the data directory is not complete');
    expect(sandbox.tree('.')).not.toHaveProperty('log');
  });
});

test('mysqld starts on a complete directory, as the first process and without what was said of the one before', async () => {
  const sandbox = pod(0, {
    'mnt/data/mysql/.complete': 'cluster=c-1\n',
    'var/run/mysqld/status': 'ready (open): of the server before',
    'var/run/mysqld/opened': '',
  });
  const run = sandbox.start('mysql');
  expect(await run.code()).toBe(1); // the stub wants more than the mark
  expect(run.output).toContain('is not initialized');
  expect(sandbox.tree('var/run/mysqld')).toEqual({});
});
