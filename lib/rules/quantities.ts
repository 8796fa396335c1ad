import { Size, SizeRoundingBehavior } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';

/** NaN, with which nothing compares, for an amount that is not given. */
export function millis(cpu?: Cpu): number {
  return parseFloat(cpu?.amount ?? '') * (cpu?.amount.endsWith('m') ? 1 : 1000);
}

/** NaN, with which nothing compares, for an amount that is not given. */
export function kibibytes(size?: Size): number {
  return size?.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) ?? NaN;
}

/** Whether a size is an amount, and more than nothing. */
export function isPositive(size: Size): boolean {
  return /^\d+(\.\d+)?[KMGTP]i$/.test(size.asString()) && kibibytes(size) > 0;
}
