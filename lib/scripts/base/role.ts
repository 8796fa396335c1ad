import { PRIMARY } from '../../names';
import { bash } from './bash';

/**
 * Which instance is the primary, and whether this one is it: no other place decides that.
 *
 * @param service name of the headless Service, and of the StatefulSet
 */
export const role = (service: string) => bash`
export service=${service}
primary=$service-${PRIMARY}
role=replica
[[ $HOSTNAME != "$primary" ]] || role=primary
is_primary() { [[ $role = primary ]]; }
`;
