/** Parses the value of an option that is a whole number from 1. Throws an Error that names the option. */
export function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${option} ${text}: give a whole number from 1`);
  return Number(text);
}
