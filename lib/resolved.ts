import { Exposure, ServiceProps } from './options/services';

/** A group of props, of which the ones named by `Defaulted` have their defaults in place. */
export type Resolved<Props, Defaulted extends keyof Props = keyof Props> = Props & {
  readonly [Prop in Defaulted]-?: NonNullable<Props[Prop]>;
};

/** A Service that clients connect to, with its default in place. */
export type ResolvedService = Resolved<ServiceProps, 'exposure'>;

/** Puts the default of a Service in place. */
export function resolveService<Props extends ServiceProps>(props: Props): Props & ResolvedService {
  return { ...props, exposure: props.exposure ?? Exposure.clusterIp() };
}
