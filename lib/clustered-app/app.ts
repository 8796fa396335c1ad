import { Chart } from 'cdk8s';
import { k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { ClaimRetention } from '../options/storage';
import { UpdateProps } from '../options/update';
import { Resolved, ResolvedService, resolveService } from '../resolved';
import { ClaimProps, ClientServiceProps, ClusteredAppProps, PodMetadataProps } from './props';

/** `ClusteredAppProps`, field by field, with every default in place. */
export interface App {
  /** The construct that the props belong to. */
  readonly construct: IConstruct;
  readonly name: string;
  readonly namespace?: string;
  readonly replicas: number;
  readonly ports: Readonly<Record<string, number>>;
  readonly pod: k8s.PodSpec;
  readonly podMetadata: PodMetadataProps;
  readonly claims: readonly Resolved<ClaimProps, 'accessModes'>[];
  readonly claimRetention: ClaimRetention;
  readonly services: readonly (ClientServiceProps & ResolvedService)[];
  readonly podManagementPolicy: PodManagementPolicy;
  readonly update: Resolved<UpdateProps>;
  /** Labels that select the pods, which every object carries. */
  readonly selector: Record<string, string>;
}

/** Puts the defaults in place. */
export function resolveApp(construct: IConstruct, props: ClusteredAppProps): App {
  return {
    construct,
    name: props.name,
    namespace: props.namespace ?? Chart.of(construct).namespace,
    replicas: props.replicas ?? 3,
    ports: props.ports,
    pod: props.pod,
    podMetadata: props.podMetadata ?? {},
    claims: (props.claims ?? []).map((claim) => ({ ...claim, accessModes: claim.accessModes ?? ['ReadWriteOnce'] })),
    claimRetention: props.claimRetention ?? ClaimRetention.retain(),
    services: (props.services ?? []).map(resolveService),
    podManagementPolicy: props.podManagementPolicy ?? PodManagementPolicy.ORDERED_READY,
    update: { partition: props.update?.partition ?? 0 },
    selector: { app: props.name },
  };
}
