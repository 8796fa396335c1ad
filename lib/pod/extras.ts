import { Cluster } from '../cluster';
import { Contribution } from './contribution';

/** `extras`: what the user adds. Rules keep it apart from what is there. */
export function extras({ extras }: Cluster): Contribution {
  const { containers, initContainers, volumes, volumeMounts = [], env = [] } = extras;
  return { containers, initContainers, volumes, mounts: { mysql: volumeMounts }, env: { mysql: env } };
}
