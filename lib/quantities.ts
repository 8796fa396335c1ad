import { Duration, Size, SizeRoundingBehavior } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';

/** NaN if the duration is not given, so every comparison is false. */
export function seconds(duration?: Duration): number {
  return duration?.toSeconds({ integral: false }) ?? NaN;
}

/** NaN if the amount is not given, so every comparison is false. */
export function millis(cpu?: Cpu): number {
  return parseFloat(cpu?.amount ?? '') * (cpu?.amount.endsWith('m') ? 1 : 1000);
}

/** NaN if the size is not given, so every comparison is false. */
export function kibibytes(size?: Size): number {
  return size?.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) ?? NaN;
}

/** NaN if the size is not given, so every comparison is false. */
export function mebibytes(size?: Size): number {
  return kibibytes(size) / 1024;
}

/** Whether a size is a number above zero, which its type does not guarantee. */
export function isPositive(size: Size): boolean {
  return /^\d+(\.\d+)?[KMGTP]i$/.test(size.asString()) && kibibytes(size) > 0;
}
