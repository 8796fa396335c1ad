import { Duration, Size } from 'cdk8s';
import {
  CertManagerOptions,
  ClaimRetention,
  CloneMethod,
  ClonePluginOptions,
  Credentials,
  Exposure,
  LoadBalancerOptions,
  MySqlVersion,
  Reads,
  ReplicatedMySqlProps,
  TemporaryFiles,
  Tls,
  TlsVersion,
  XtraBackupOptions,
} from '../lib';
import { duration, lines, number, size, whole } from './markers';

/** Values that change whether lines are there, and not only what stands in them. */
export interface Choice {
  /** A template expression. */
  readonly when: string;
  /** The props that stand for these values, in addition to those of the base. */
  readonly props: ReplicatedMySqlProps;
  /** Further choices among what this one brings along. */
  readonly choices?: readonly Choice[];
}

const expression = (value: string) => `{{ ${value} }}`;
const mebibytes = (value: string) => `include "replicated-mysql.mebibytes" ${value} | int64`;
const isSet = (value: string) => `not (kindIs "invalid" ${value})`;

const PATCH = 99_999;
/** The releases whose names stand for the value. */
export const RELEASES = new RegExp(`\\d+\\.\\d+\\.${PATCH}`, 'g');

const TEMPORARY = size('.Values.storage.temporary.size');
const PARALLEL = whole('.Values.cloneMethod.parallel');

/** The props that stand for the default values. */
export const BASE: ReplicatedMySqlProps = {
  name: expression('$name'),
  serverIdBase: whole('.Values.serverIdBase'),
  version: release('8.4'),
  cloneMethod: CloneMethod.clonePlugin(),
  images: {
    server: expression('include "replicated-mysql.server" .'),
    xtrabackup: expression('include "replicated-mysql.xtrabackup" .'),
  },
  // The largest file of temporary tables has a quarter of it.
  storage: {
    size: Size.mebibytes(4 * number(`div (${mebibytes('.size')}) 4`)),
    accessModes: [lines('.Values.storage.accessModes')],
  },
  credentials: Credentials.fromSecret(expression('include "replicated-mysql.secretName" .'), {
    root: expression('.Values.credentials.keys.root'),
    replication: expression('.Values.credentials.keys.replication'),
    backup: expression('.Values.credentials.keys.backup'),
    probe: expression('.Values.credentials.keys.probe'),
  }),
  metadata: {
    podLabels: { [lines('.Values.metadata.podLabels')]: '' },
    podAnnotations: { [lines('.Values.metadata.podAnnotations')]: '' },
    serviceLabels: { [lines('.Values.metadata.serviceLabels')]: '' },
  },
  update: { partition: whole('.Values.update.partition') },
  disruption: { maxUnavailable: whole('.Values.disruption.maxUnavailable') },
  reads: { maxStandstill: duration('.Values.reads.maxStandstill') },
  termination: termination(),
};

export const V9_7: Choice = { when: 'hasPrefix "9.7" .Values.version', props: { version: release('9.7') } };

export const XTRABACKUP = {
  when: 'eq (include "replicated-mysql.cloneMethod" .) "xtraBackup"',
  props: { cloneMethod: CloneMethod.xtraBackup() },
  choices: xtraBackupChoices(),
};

export const CLONE_PLUGIN_CHOICES = clonePluginChoices();

export const CHOICES: readonly Choice[] = [
  {
    when: isSet('.Values.images.pullPolicy'),
    props: { images: { pullPolicy: expression('.Values.images.pullPolicy') } },
  },
  {
    when: isSet('.Values.storage.storageClassName'),
    props: { storage: { storageClassName: expression('.Values.storage.storageClassName') } },
  },
  retention('deleteWhenScaledDown', ClaimRetention.deleteWhenScaledDown()),
  retention('deleteWithStatefulSet', ClaimRetention.deleteWithStatefulSet()),
  retention('deleteWhenUnused', ClaimRetention.deleteWhenUnused()),
  { when: '.Values.credentials.insecure', props: { credentials: Credentials.insecure() } },
  {
    when: 'ne .Values.tls.source "generated"',
    props: { tls: Tls.fromSecret(expression('.Values.tls.secretName')) },
    choices: [
      {
        when: 'eq .Values.tls.source "fromCertManager"',
        props: { tls: managed() },
        choices: [
          { when: '.Values.tls.duration', props: { tls: managed({ duration: duration('.Values.tls.duration') }) } },
          {
            when: '.Values.tls.renewBefore',
            props: { tls: managed({ renewBefore: duration('.Values.tls.renewBefore') }) },
          },
        ],
      },
    ],
  },
  { when: '.Values.tls.requireTls', props: { tls: Tls.generated({ requireTls: true }) } },
  ...Object.values(TlsVersion).map((minimumVersion) => ({
    when: `eq (.Values.tls.minimumVersion | default "") "${minimumVersion}"`,
    props: { tls: Tls.generated({ minimumVersion }) },
  })),
  {
    when: '.Values.opening.waitForPeers',
    props: { opening: { waitForPeers: duration('.Values.opening.waitForPeers') } },
  },
  { when: '.Values.reads.maxLag', props: { reads: { maxLag: duration('.Values.reads.maxLag') } } },
  {
    when: 'eq .Values.reads.from "replicas"',
    props: { reads: { from: Reads.fromReplicas() } },
    choices: [
      {
        when: 'not .Values.reads.fallBackToPrimary',
        props: { reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) } },
      },
    ],
  },
  temporary('ne .Values.storage.temporary.place "onVolume"', TemporaryFiles.emptyDir({ sizeLimit: TEMPORARY }), [
    temporary('eq .Values.storage.temporary.place "ephemeral"', TemporaryFiles.ephemeral({ size: TEMPORARY }), [
      temporary(
        isSet('.Values.storage.temporary.storageClassName'),
        TemporaryFiles.ephemeral({
          size: TEMPORARY,
          storageClassName: expression('.Values.storage.temporary.storageClassName'),
        }),
      ),
    ]),
  ]),
  {
    when: isSet('.Values.scheduling.topologySpreadConstraints'),
    props: { scheduling: { topologySpreadConstraints: [] } },
  },
  { when: 'not (include "replicated-mysql.clients" .)', props: { network: { clients: [] } } },
  ...serviceChoices('primary'),
  ...serviceChoices('read'),
];

/** Values that leave objects out. */
export const LEFT_OUT: readonly Choice[] = [
  { when: 'not .Values.network.policy', props: { network: { policy: false } } },
  { when: 'not .Values.disruption.budget', props: { disruption: { budget: false } } },
];

/** Props with those of a choice in addition, group by group. */
export function combined<Props extends object>(props: Props, more: Props): Props {
  const entries = Object.entries(more).map(([key, value]) => {
    const given = props[key as keyof Props];
    return [key, isGroup(value) && isGroup(given) ? combined(given, value) : value];
  });
  return { ...props, ...Object.fromEntries(entries) };
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A release whose name stands for the value. */
function release(series: string): MySqlVersion {
  return MySqlVersion.of(`${series}.${PATCH}`);
}

function termination(): ReplicatedMySqlProps['termination'] {
  const preStop = whole('.Values.termination.preStop');
  // preStop computes from both how long a replica may go on applying what it has received: half of what is left.
  const applying = number('div (sub (int64 .Values.termination.gracePeriod) (int64 .Values.termination.preStop)) 2');
  return { preStop: Duration.seconds(preStop), gracePeriod: Duration.seconds(preStop + 2 * applying) };
}

function clonePluginChoices(): Choice[] {
  const choice = (value: string, options: ClonePluginOptions): Choice => ({
    when: `.Values.cloneMethod.${value}`,
    props: { cloneMethod: CloneMethod.clonePlugin(options) },
  });
  return [
    choice('parallel', { parallel: PARALLEL }),
    choice('compression', { compression: true }),
    choice('maxBandwidth', { maxBandwidth: bandwidth(1) }),
  ];
}

function xtraBackupChoices(): Choice[] {
  const choice = (when: string, options: XtraBackupOptions): Choice => ({
    when,
    props: { cloneMethod: CloneMethod.xtraBackup(options) },
  });
  // What decompresses takes the number of threads too, so these two do not stand apart.
  const parallel = 'gt (int64 .Values.cloneMethod.parallel) 1';
  const compression = '.Values.cloneMethod.compression';
  return [
    choice(`and (${parallel}) (not ${compression})`, { parallel: PARALLEL }),
    choice(`and ${compression} (not (${parallel}))`, { compression: true }),
    choice(`and ${compression} (${parallel})`, { parallel: PARALLEL, compression: true }),
    choice('.Values.cloneMethod.maxBandwidth', { maxBandwidth: bandwidth(10) }),
  ];
}

/** @param step the scripts count in units of so many MiB */
function bandwidth(step: number): Size {
  const value = mebibytes('.Values.cloneMethod.maxBandwidth');
  return Size.mebibytes(step * number(step === 1 ? value : `div (${value}) ${step}`));
}

function retention(name: string, claimRetention: ClaimRetention): Choice {
  return { when: `eq .Values.storage.claimRetention "${name}"`, props: { storage: { claimRetention } } };
}

function managed(options: Partial<CertManagerOptions> = {}): Tls {
  const issuer = expression('.Values.tls.issuer');
  const kind = expression('.Values.tls.kind');
  return Tls.fromCertManager({ issuer, kind, group: expression('.Values.tls.group'), ...options });
}

function temporary(when: string, temporary: TemporaryFiles, choices?: Choice[]): Choice {
  return { when, props: { storage: { temporary } }, choices };
}

function serviceChoices(service: 'primary' | 'read'): Choice[] {
  const values = `.Values.services.${service}`;
  const exposed = (when: string, exposure: Exposure, choices?: Choice[]): Choice => ({
    when,
    props: { services: { [service]: { exposure } } },
    choices,
  });
  const externalTrafficPolicy = expression(`${values}.exposure.externalTrafficPolicy`);
  const balanced = (options: LoadBalancerOptions = {}) => Exposure.loadBalancer({ externalTrafficPolicy, ...options });
  return [
    exposed(`ne ${values}.exposure.type "ClusterIP"`, Exposure.nodePort({ externalTrafficPolicy }), [
      exposed(`eq ${values}.exposure.type "LoadBalancer"`, balanced(), [
        exposed(
          `${values}.exposure.sourceRanges`,
          balanced({ sourceRanges: [lines(`${values}.exposure.sourceRanges`)] }),
        ),
        exposed(
          `${values}.exposure.loadBalancerClass`,
          balanced({ loadBalancerClass: expression(`${values}.exposure.loadBalancerClass`) }),
        ),
      ]),
      exposed(
        `${values}.exposure.nodePort`,
        Exposure.nodePort({ externalTrafficPolicy, nodePort: whole(`${values}.exposure.nodePort`) }),
      ),
    ]),
    {
      when: `${values}.sessionAffinity`,
      props: { services: { [service]: { sessionAffinity: duration(`${values}.sessionAffinity`) } } },
    },
  ];
}
