import { Cluster } from '../cluster';
import { TlsVersion } from '../options/tls';
import { CertificateParameters, FILES, IN_USE } from '../scripts/tls/certificate';
import { Contribution } from './contribution';
import { emptyDir, mount } from './volumes';

const COPY = mount('tls', '/mnt/tls');
const SECRET = mount('tls-secret', '/mnt/tls-secret', true);

/**
 * `tls`: mounts the certificate's Secret where it is checked, and in memory the copy that the server uses. A server that
 * restarts while the Secret has a bad pair so starts with the one before.
 */
export function tls(cluster: Cluster): Contribution {
  const { tlsSecretName: secretName } = cluster;
  if (secretName === undefined) return {};
  return {
    volumes: [
      { name: 'tls-secret', secret: { secretName, optional: true, defaultMode: 0o440 } },
      { name: 'tls', emptyDir: emptyDir('1Mi', 'Memory') },
    ],
    mounts: {
      'init-mysql': [SECRET, COPY],
      mysql: [{ ...COPY, readOnly: true }],
      xtrabackup: [SECRET, COPY],
    },
    sidecar: { certificate: certificate(cluster) },
  };
}

/** The Secret with the certificate, for the scripts. */
export function certificate({ tls: { _source }, tlsSecretName: secret }: Cluster): CertificateParameters | undefined {
  if (secret === undefined) return undefined;
  const files = Object.values(FILES).map((file) => `--from-file=${file}`);
  const make = `kubectl create secret generic ${secret} --type=kubernetes.io/tls ${files.join(' ')}`;
  return { secret, remedy: _source === 'fromSecret' ? make : `kubectl describe certificate ${secret}` };
}

/** Options of my.cnf. */
export function tlsOptions({ tlsSecretName, tls, version: { _facts: facts } }: Cluster): Record<string, string> {
  const { requireTls, minimumVersion } = tls._options;
  const versions = [
    ...(minimumVersion === TlsVersion.V1_3 ? [] : ['TLSv1.2']),
    ...(facts.reloadsTls ? ['TLSv1.3'] : []),
  ];
  return {
    ...(tlsSecretName === undefined
      ? {}
      : {
          'ssl-ca': `${IN_USE}/${FILES.ca}`,
          'ssl-cert': `${IN_USE}/${FILES.certificate}`,
          'ssl-key': `${IN_USE}/${FILES.key}`,
        }),
    ...(requireTls ? { 'require-secure-transport': 'ON' } : {}),
    ...(minimumVersion === undefined && !facts.acceptsOldTls ? {} : { 'tls-version': versions.join() }),
  };
}
