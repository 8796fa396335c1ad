import { Size } from 'cdk8s';
import { isPositive } from '../quantities';
import { At, forEach, rule, Rule } from './rule';
import { isDnsSubdomain } from './syntax';

/** A claim, as far as its rules need it. */
type ClaimSubject = At<{
  readonly size: Size;
  readonly accessModes: readonly string[];
  readonly storageClassName?: string;
}>;

/** Rules on the claims of any StatefulSet. */
export function claimRules<Subject>(prop: string, claims: (subject: Subject) => ClaimSubject[]): Rule<Subject>[] {
  return forEach(
    claims,
    rule<ClaimSubject>(
      `${prop}.size`,
      'is a positive size',
      ({ size }) => isPositive(size),
      ({ prop, size }) =>
        `${prop}.size: ${size.asString()} is not a positive size. Use one, for example Size.gibibytes(10)`,
    ),
    rule<ClaimSubject>(
      `${prop}.storageClassName`,
      'is the name of a storage class: at most 253 lower-case letters, digits, `-` and `.`, or empty for volumes without a class',
      ({ storageClassName = '' }) => storageClassName === '' || isDnsSubdomain(storageClassName),
      ({ prop, storageClassName }) =>
        `${prop}.storageClassName: ${JSON.stringify(storageClassName)} is not the name of a storage class. Use at most 253 lower-case letters, digits, "-" and "."`,
    ),
    rule<ClaimSubject>(
      `${prop}.accessModes`,
      'names at least one mode',
      ({ accessModes }) => accessModes.length > 0,
      ({ prop }) => `${prop}.accessModes: [] names no mode. Name one, for example ReadWriteOnce`,
    ),
    rule<ClaimSubject>(
      `${prop}.accessModes`,
      'combines `ReadWriteOncePod` with no other mode',
      ({ accessModes }) =>
        !accessModes.includes('ReadWriteOncePod') || accessModes.every((mode) => mode === 'ReadWriteOncePod'),
      ({ prop, accessModes }) =>
        `${prop}.accessModes: Kubernetes refuses ${accessModes.join(', ')}: ReadWriteOncePod cannot be combined with other modes. Use it alone, or leave it out`,
    ),
  );
}
