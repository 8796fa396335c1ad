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
])('%s refuses, and leaves unchanged,', (_, ordinal, rendered) => {
  test.each<[string, Record<string, string>, string]>([
    ['a database without a mark', DATABASE, 'a database that this cluster did not make or that is incomplete'],
    [
      'an incomplete initialization',
      { 'mnt/data/mysql/auto.cnf': 'theirs' },
      'a database that this cluster did not make or that is incomplete',
    ],
    [
      'an incomplete clone',
      { 'mnt/data/mysql/xtrabackup_checkpoints': 'backup_type = full-backuped' },
      'a database that this cluster did not make or that is incomplete',
    ],
    [
      'a directory that holds only hidden files',
      { 'mnt/data/mysql/.notes': 'theirs' },
      'a database that this cluster did not make or that is incomplete',
    ],
    ['a foreign directory on the volume', { 'mnt/data/photos/1.jpg': 'theirs' }, 'the volume holds photos'],
    [
      'a foreign directory next to a complete data directory',
      { 'mnt/data/mysql/.complete': 'cluster=c-1\n', 'mnt/data/base/1': 'theirs' },
      'the volume holds base',
    ],
    [
      'a database without a mark next to an incomplete staging directory',
      { ...DATABASE, 'mnt/data/mysql.staging/ibdata1': 'ours' },
      'a database that this cluster did not make or that is incomplete',
    ],
    [
      'a database without a mark next to a complete staging directory',
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

test('a volume that holds only lost+found counts as empty', async () => {
  const sandbox = pod(0, {});
  sandbox.mkdir('mnt/data/lost+found');
  expect(await sandbox.start('init-mysql').code()).toBe(0);
  expect(sandbox.tree('mnt/data')).toHaveProperty(['mysql/.complete']);
});

test('init-mysql makes the directory of temporary files, and empties it at each start', async () => {
  const sandbox = pod(0, {});
  expect(await sandbox.start('init-mysql').code()).toBe(0);
  expect(sandbox.tree('mnt/data/.temporary')).toEqual({});
  sandbox.write({ 'mnt/data/.temporary/#sql-1': 'left by a crash', 'mnt/data/.temporary/.hidden/ML1': 'the same' });
  expect(await sandbox.start('init-mysql').code()).toBe(0);
  expect(sandbox.tree('mnt/data/.temporary')).toEqual({});
});

test('an empty data directory, which the kubelet creates for a subPath, counts as absent', async () => {
  const sandbox = pod(0, {});
  sandbox.mkdir('mnt/data/mysql');
  expect(await sandbox.start('init-mysql').code()).toBe(0);
  expect(sandbox.tree('mnt/data')).toHaveProperty(['mysql/.complete']);
});

describe('mysqld does not start', () => {
  test.each<[string, Record<string, string>]>([
    ['on an empty directory', {}],
    ['on data without a mark', { 'mnt/data/mysql/ibdata1': 'pages' }],
  ])('%s', async (_, files) => {
    const sandbox = pod(0, {});
    sandbox.mkdir('var/run/mysqld');
    sandbox.write(files);
    const run = sandbox.start('mysql');
    expect(await run.code()).toBe(1);
    expect(run.output).toContain('REFUSED: the data directory is not complete');
    expect(sandbox.has('log')).toBe(false);
  });
});

test('mysqld starts on a complete directory, after the script has removed the verdict on the previous mysqld', async () => {
  const sandbox = pod(0, {
    'mnt/data/mysql/.complete': 'cluster=c-1\n',
    'var/run/mysqld/status': 'ready (open): of the server before',
    'var/run/mysqld/opened': '',
  });
  const run = sandbox.start('mysql');
  expect(await run.code()).toBe(1); // the stub of mysqld finds no data besides the mark
  expect(run.output).toContain('is not initialized');
  expect(sandbox.tree('var/run/mysqld')).toEqual({});
});
