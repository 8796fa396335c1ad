import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { Socket } from 'net';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { certificates } from './certificates';
import { Answers, states } from './peer';

/** The files of a backup, as XtraBackup writes them. */
export const BACKUP = {
  ibdata1: 'pages of the donor\n',
  'mysql/user.ibd': 'tables of the donor\n',
  'backup-my.cnf': '[mysqld]\n',
  xtrabackup_binlog_info: 'binlog.000002\t157\tuuid-1:1-7\n',
  xtrabackup_checkpoints: 'backup_type = full-backuped\nfrom_lsn = 0\n',
  xtrabackup_info: 'tool_name = xtrabackup\npartial = N\n',
};

/** All files on the volume after a clone of that backup. */
export const CLONE = {
  'mysql/.complete': 'origin=cloned from mysql-0\ncluster=c-1\ngtids=uuid-1:1-7\ninstance=mysql-1\n',
  'mysql/ibdata1': 'pages of the donor\n',
  'mysql/mysql/user.ibd': 'tables of the donor\n',
  'mysql/redo': 'redo\n',
};

/** The stream of a backup: its files in the given order. */
export function stream(files: Record<string, string> = BACKUP): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'backup-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), content);
    }
    return execFileSync('tar', ['--create', '--blocking-factor=1', ...Object.keys(files)], { cwd: directory });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const COMPLETE = stream();

/** The answers of an open primary that serves clones of a backup. */
export function donor(backup: Buffer = COMPLETE, name = 'mysql-0'): Answers {
  return {
    state: states.open(name, 'c-1'),
    ...offering(`offer|${name}|c-1|${backup.length}`, (connection) => connection.end(backup)),
  };
}

/** Announces a stream, and sends it inside TLS after the recipient has answered `go`. */
export function offering(announcement: string, send: (connection: Socket) => void): Answers {
  const [, name] = announcement.split('|');
  return {
    certificate: `certificate|${name}|${Buffer.from(certificates()['ca.pem']).toString('base64')}`,
    clone: (connection, prove) => {
      connection.write(prove(announcement));
      connection.once('data', (reply) => (String(reply) === 'go\n' ? connection.end() : connection.destroy()));
    },
    stream: (connection, prove) => {
      connection.write(prove(`stream|${name}`));
      send(connection);
    },
  };
}
