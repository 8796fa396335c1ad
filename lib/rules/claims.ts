import { isPositive } from '../quantities';
import { Rule } from './rule';
import { Claim } from '../objects/stateful-set-spec';

/** What the claims of any StatefulSet must meet. */
export function claimRules(prop: string, { size, accessModes }: Pick<Claim, 'size' | 'accessModes'>): Rule[] {
  return [
    {
      holds: isPositive(size),
      message: `${prop}.size: ${size.asString()} is not a size. Use a positive one, for example Size.gibibytes(10)`,
    },
    {
      holds: accessModes.length > 0,
      message: `${prop}.accessModes: [] names no mode. Name one, for example ReadWriteOnce`,
    },
    {
      holds: !accessModes.includes('ReadWriteOncePod') || accessModes.every((mode) => mode === 'ReadWriteOncePod'),
      message: `${prop}.accessModes: ${accessModes.join(', ')} are refused by Kubernetes: ReadWriteOncePod goes with no other mode. Leave out one of the two`,
    },
  ];
}
