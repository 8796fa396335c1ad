import { Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import {
  ClaimRetention,
  Client,
  ContainerResources,
  Destination,
  Exposure,
  ExtrasProps,
  Grant,
  ReplicatedMySqlProps,
  ResourceAmounts,
  ServiceProps,
} from '../../../lib';

/** The values of the chart that stand for props, without those that are not given. */
export function valuesOf(props: ReplicatedMySqlProps): object {
  const { version, cloneMethod, storage, resources, credentials, initialize, reads, services, scheduling } = props;
  return JSON.parse(
    JSON.stringify({
      ...props,
      version: version?.tag,
      cloneMethod: cloneMethod && {
        name: cloneMethod._name,
        ...cloneMethod._options,
        maxBandwidth: text(cloneMethod._options.maxBandwidth),
      },
      storage: storage && {
        ...storage,
        size: text(storage.size),
        claimRetention: storage.claimRetention && retention(storage.claimRetention),
        temporary: storage.temporary && {
          place: storage.temporary._place,
          size: text(storage.temporary._options.size ?? storage.temporary._options.sizeLimit),
          storageClassName: storage.temporary._options.storageClassName,
        },
      },
      resources: resources && {
        mysql: resources.mysql && container(resources.mysql),
        xtrabackup: resources.xtrabackup && container(resources.xtrabackup),
      },
      credentials: credentials && {
        insecure: credentials._insecure,
        secretName: credentials.secretName,
        keys: credentials._options,
      },
      tls: props.tls && {
        source: props.tls._source,
        secretName: props.tls._secretName,
        ...props.tls._options,
        duration: seconds(props.tls._options.duration),
        renewBefore: seconds(props.tls._options.renewBefore),
      },
      users: props.users?.map(({ password, grants, ...user }) => ({
        ...user,
        password: { key: password.key, keepOld: seconds(password._options.keepOld) },
        grants: grants?.map(grant),
      })),
      initialize: initialize && { policy: initialize._policy, sql: initialize._options.sql },
      extras: props.extras && extras(props.extras),
      network: props.network && {
        ...props.network,
        clients: props.network.clients?.map(side),
        egress: props.network.egress?.map(side),
      },
      opening: props.opening && { waitForPeers: seconds(props.opening.waitForPeers) },
      scheduling,
      reads: reads && {
        from: reads.from?._replicasOnly ? 'replicas' : undefined,
        fallBackToPrimary: reads.from?._replicasOnly ? reads.from._fallBackToPrimary : undefined,
        maxLag: seconds(reads.maxLag),
        maxStandstill: seconds(reads.maxStandstill),
      },
      services: services && { primary: service(services.primary), read: service(services.read) },
      termination: props.termination && {
        preStop: seconds(props.termination.preStop),
        gracePeriod: seconds(props.termination.gracePeriod),
      },
    }),
  );
}

const text = (size?: Size) => size?.asString();
const seconds = (duration?: Duration) => duration?.toSeconds({ integral: false });

function retention({ _whenDeleted: whenDeleted, _whenScaled: whenScaled }: ClaimRetention): string {
  if (whenDeleted === 'Delete') return whenScaled === 'Delete' ? 'deleteWhenUnused' : 'deleteWithStatefulSet';
  return whenScaled === 'Delete' ? 'deleteWhenScaledDown' : 'retain';
}

/** Helm merges values into its defaults, and null removes one of them. */
function container({ requests = {}, limits = {} }: ContainerResources): object {
  return { requests: amounts(requests), limits: amounts(limits) };
}

function amounts({ cpu, memory, ephemeralStorage }: ResourceAmounts): object {
  return {
    cpu: cpu?.amount ?? null,
    memory: text(memory) ?? null,
    'ephemeral-storage': text(ephemeralStorage) ?? null,
  };
}

const SHORT = { readWrite: Grant.readWrite(''), readOnly: Grant.readOnly(''), owner: Grant.owner('') };

function grant({ _privileges, _on }: Grant): object {
  const short = Object.entries(SHORT).find(([, { _privileges: known }]) => String(known) === String(_privileges));
  return short ? { [short[0]]: _on.database } : { privileges: _privileges, ..._on };
}

function extras({ containers, initContainers, volumes, volumeMounts, env }: ExtrasProps): object {
  return {
    containers: containers?.map(k8s.toJson_Container),
    initContainers: initContainers?.map(k8s.toJson_Container),
    volumes: volumes?.map(k8s.toJson_Volume),
    volumeMounts: volumeMounts?.map(k8s.toJson_VolumeMount),
    env: env?.map(k8s.toJson_EnvVar),
  };
}

function side({ _kind, _options }: Client | Destination): object {
  return _kind === 'anywhere' ? { ..._options, anywhere: true } : _options;
}

function service(props: ServiceProps = {}): object {
  return {
    ...props,
    exposure: props.exposure && exposure(props.exposure),
    sessionAffinity: seconds(props.sessionAffinity),
  };
}

function exposure({ _type, _options }: Exposure): object {
  return { type: _type, ..._options };
}
