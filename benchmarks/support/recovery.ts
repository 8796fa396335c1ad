/**
 * How long a server took to recover, by its own log.
 *
 * @param log what it wrote from its start on
 * @returns seconds from its first line to the line that says that it accepts connections
 */
export function recoverySeconds(log: string): number {
  const at = (line: RegExp) => Date.parse(line.exec(log)?.[1] ?? '');
  const seconds = (at(/^(\S+Z) .*ready for connections\. Version/m) - at(/^(\S+Z) .* starting as process/m)) / 1000;
  if (Number.isNaN(seconds)) throw new Error(`no start and no end of a recovery in the log:\n${log}`);
  return seconds;
}
