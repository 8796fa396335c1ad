import { UpdateProps } from '../options/update';
import { Resolved } from '../resolved';
import { wholeNumber } from './numbers';
import { Rule } from './rule';

/** Rules on `update`, of a cluster and of an app. */
export const updateRules: readonly Rule<{ readonly update: Resolved<UpdateProps> }>[] = [
  wholeNumber('update.partition', 0, 'an ordinal', ({ update }) => update.partition),
];
