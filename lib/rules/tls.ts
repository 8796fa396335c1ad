import { Duration } from 'cdk8s';
import { Cluster } from '../cluster';
import { podHost, PRIMARY } from '../names';
import { CertManagerOptions, TlsVersion } from '../options/tls';
import { seconds } from '../quantities';
import { wholeSeconds } from './numbers';
import { forEach, rule, Rule } from './rule';
import { isOneOf, settingsOf } from './settings';
import { isDnsSubdomain } from './syntax';

/** The duration that cert-manager chooses. */
const CERT_MANAGERS = Duration.days(90);

type Options = Partial<CertManagerOptions>;

/** Rules on `tls`. */
export const tlsRules: readonly Rule<Cluster>[] = [
  rule(
    'tls',
    'is `Tls.generated()` before MySQL 8.0.16, which cannot exchange its certificate while it runs',
    ({ tlsSecretName, version }) => tlsSecretName === undefined || version._facts.reloadsTls,
    ({ version }) =>
      `tls: MySQL ${version.tag} cannot exchange its certificate while it runs. Use Tls.generated(), or 8.0.16 or later`,
  ),
  rule(
    'tls.minimumVersion',
    'is TLS 1.2 before MySQL 8.0.16, which knows no later one',
    ({ tls: { _options }, version }) => _options.minimumVersion !== TlsVersion.V1_3 || version._facts.reloadsTls,
    ({ version }) =>
      `tls.minimumVersion: MySQL ${version.tag} does not know TLS 1.3. Use TlsVersion.V1_2, or 8.0.16 or later`,
  ),
  rule(
    'tls',
    'has the name of a Secret: at most 253 lower-case letters, digits, `-` and `.`',
    ({ tls: { _secretName = 'mysql-tls' } }) => isDnsSubdomain(_secretName),
    ({ tls: { _secretName } }) =>
      `tls: "${_secretName}" is not a valid name of a Secret. Use at most 253 lower-case letters, digits, "-" and "."`,
  ),
  rule(
    'tls',
    'is `Tls.fromCertManager()` only with a namespace, in which the names of the certificate are',
    ({ tls, namespace }) => tls._source !== 'fromCertManager' || namespace !== undefined,
    () =>
      'tls: a certificate of cert-manager needs the namespace of the cluster, which its names end in. Set namespace, here or in the chart',
  ),
  rule(
    'tls',
    'makes the host of the primary no longer than the replicas of MySQL 8.0.16 accept: 60 characters',
    ({ tlsSecretName, version, ...cluster }) =>
      tlsSecretName === undefined || longHost(cluster).length <= version._facts.hostLength,
    ({ version: { _facts: facts, tag }, ...cluster }) =>
      `tls: replicas verify "${longHost(cluster)}", but ${facts.statements.change} of MySQL ${tag} accepts at most ${facts.hostLength} characters. Use 8.0.17 or later, or shorter names`,
  ),
  ...forEach<Cluster, Options>(
    ({ tls }) => [tls._options],
    rule(
      'tls.clusterDomain',
      'is a DNS domain',
      ({ clusterDomain = 'cluster.local' }) => isDnsSubdomain(clusterDomain),
      ({ clusterDomain }) =>
        `tls.clusterDomain: ${JSON.stringify(clusterDomain)} is not a DNS domain. Use for example "cluster.local"`,
    ),
    rule(
      'tls.issuer',
      'is the name of an issuer: at most 253 lower-case letters, digits, `-` and `.`',
      ({ issuer = 'internal' }) => isDnsSubdomain(issuer),
      ({ issuer }) =>
        `tls.issuer: ${JSON.stringify(issuer)} is not the name of an issuer. Use at most 253 lower-case letters, digits, "-" and "."`,
    ),
    rule(
      'tls.kind',
      'is a kind of Kubernetes: letters and digits, starting with a capital letter',
      ({ kind = 'Issuer' }) => /^[A-Z][A-Za-z0-9]{0,62}$/.test(kind),
      ({ kind }) => `tls.kind: ${JSON.stringify(kind)} is not a kind. Use for example "Issuer" or "ClusterIssuer"`,
    ),
    rule(
      'tls.group',
      'is an API group',
      ({ group = 'cert-manager.io' }) => isDnsSubdomain(group),
      ({ group }) => `tls.group: ${JSON.stringify(group)} is not an API group. Use for example "cert-manager.io"`,
    ),
    wholeSeconds('tls.duration', 3600, 'Duration.days(90)', ({ duration }) => duration),
    wholeSeconds('tls.renewBefore', 300, 'Duration.days(30)', ({ renewBefore }) => renewBefore),
    rule(
      'tls.renewBefore',
      'is less than `tls.duration`, 90 days by default',
      ({ renewBefore, duration = CERT_MANAGERS }) => !(seconds(renewBefore) >= seconds(duration)),
      ({ renewBefore, duration = CERT_MANAGERS }) =>
        `tls.renewBefore: ${seconds(renewBefore)} s is not less than the duration, ${seconds(duration)} s. Use for example a third of it`,
    ),
  ),
  rule(
    'settings',
    'has no `tls-version` where `tls.minimumVersion` is set, and no `require-secure-transport` where `tls.requireTls` is',
    (cluster) => twice(cluster) === undefined,
    (cluster) => `settings: ${twice(cluster)} is set by the prop tls as well. Leave it out of one of the two`,
  ),
];

/** The host that replicas connect to. Without a namespace, only Kubernetes knows all of it. */
function longHost({ name, namespace = '', tls }: Pick<Cluster, 'name' | 'namespace' | 'tls'>): string {
  return `${podHost(name, PRIMARY)}.${namespace}.svc.${tls._clusterDomain}`;
}

/** The option that both `settings` and `tls` set. */
function twice(cluster: Cluster): string | undefined {
  const { minimumVersion, requireTls } = cluster.tls._options;
  const options = [
    ...(minimumVersion === undefined ? [] : ['tls-version']),
    ...(requireTls ? ['require-secure-transport'] : []),
  ];
  return settingsOf(cluster).find(({ option }) => isOneOf(options, option))?.option;
}
