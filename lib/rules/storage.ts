import { Size } from 'cdk8s';
import { Cluster } from '../cluster';
import { isPositive, mebibytes } from '../quantities';
import { claimRules } from './claims';
import { At, forEach, rule, Rule } from './rule';

/** The least that a server needs for its own files. */
const LEAST_MEBIBYTES = 256;

/** Access modes with which at least one pod may write to the volume. */
const WRITABLE = ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'];

/** Rules on `storage`. */
export const storageRules: readonly Rule<Cluster>[] = [
  ...claimRules('storage', ({ storage }: Cluster) => [{ ...storage, prop: 'storage' }]),
  rule(
    'storage.size',
    `is at least ${LEAST_MEBIBYTES}Mi, which a server needs for its own files`,
    ({ storage: { size } }) => !isPositive(size) || mebibytes(size) >= LEAST_MEBIBYTES,
    ({ storage: { size } }) =>
      `storage.size: ${size.asString()} is too small for a server, and immutable once applied. Use at least ${LEAST_MEBIBYTES}Mi, for example Size.gibibytes(10)`,
  ),
  ...forEach(
    ({ storage }: Cluster) => storage.accessModes,
    rule<string>(
      'storage.accessModes',
      'has only modes that let a server write: `ReadWriteOnce`, `ReadWriteOncePod`, `ReadWriteMany`',
      (mode) => WRITABLE.includes(mode),
      (mode) =>
        `storage.accessModes: "${mode}" does not let a server write. Use ReadWriteOnce, ReadWriteOncePod or ReadWriteMany`,
    ),
  ),
  ...forEach(
    ({ storage: { temporary } }: Cluster) => [
      { prop: 'storage.temporary.sizeLimit', size: temporary._options.sizeLimit },
      { prop: 'storage.temporary.size', size: temporary._options.size },
    ],
    rule<At<{ readonly size?: Size }>>(
      'storage.temporary.*',
      'is a positive size',
      ({ size }) => size === undefined || isPositive(size),
      ({ prop, size }) =>
        `${prop}: ${size?.asString()} is not a positive size. Use one, for example Size.gibibytes(10)`,
    ),
  ),
];
