import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** The files that mysqld makes in its data directory at its first start, for TLS. */
export interface Certificates {
  readonly 'ca.pem': string;
  readonly 'server-cert.pem': string;
  readonly 'server-key.pem': string;
}

/** Makes a CA, and a server certificate of it. As in MySQL, its name is not that of a host unless `dnsName` is one. */
export function makeCertificates(dnsName?: string, days = 30): Certificates {
  const cwd = mkdtempSync(join(tmpdir(), 'certificates-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  try {
    openssl('req', '-x509', ...key, '-keyout', 'ca-key.pem', '-out', 'ca.pem', '-subj', '/CN=MySQL_Server_CA');
    openssl('req', ...key, '-keyout', 'server-key.pem', '-out', 'request.pem', '-subj', '/CN=MySQL_Server');
    writeFileSync(join(cwd, 'names'), dnsName ? `subjectAltName=DNS:${dnsName}\n` : '');
    const signer = ['-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial', '-days', String(days)];
    openssl('x509', '-req', '-in', 'request.pem', ...signer, '-extfile', 'names', '-out', 'server-cert.pem');
    const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
    return {
      'ca.pem': read('ca.pem'),
      'server-cert.pem': read('server-cert.pem'),
      'server-key.pem': read('server-key.pem'),
    };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

/** Those of the servers of a test file. Tests that need others make them. */
let common: Certificates | undefined;
export const certificates = (): Certificates => (common ??= makeCertificates());
