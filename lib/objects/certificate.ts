import { Construct } from 'constructs';
import { Certificate } from '../../imports/cert-manager.io';
import { Cluster } from '../cluster';
import { certificateName, dnsNames } from '../names';
import { seconds } from '../quantities';

/** The certificate that cert-manager issues; undefined with another kind of `tls`. */
export function certificate(scope: Construct, cluster: Cluster): Certificate | undefined {
  const { name, namespace, labels, tls } = cluster;
  if (tls._source !== 'fromCertManager') return undefined;
  const { issuer = '', kind = 'Issuer', group = 'cert-manager.io', duration, renewBefore } = tls._options;
  return new Certificate(scope, 'certificate', {
    metadata: { name: certificateName(name), namespace, labels },
    spec: {
      secretName: certificateName(name),
      dnsNames: dnsNames(name, namespace, tls._clusterDomain),
      duration: duration && `${seconds(duration)}s`,
      renewBefore: renewBefore && `${seconds(renewBefore)}s`,
      usages: ['digital signature', 'key encipherment', 'server auth'],
      privateKey: { rotationPolicy: 'Always' }, // a key that leaked is of no use after the next renewal
      issuerRef: { name: issuer, kind, group },
    },
  });
}
