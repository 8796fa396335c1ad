/** The name of a pod in DNS, valid within its namespace. */
export function podHost(app: string, ordinal: number): string {
  return `${app}-${ordinal}.${app}`;
}

/** Refuses what is no ordinal, on behalf of a method. */
export function requireOrdinal(method: string, ordinal: number): void {
  if (!Number.isInteger(ordinal) || ordinal < 0) {
    throw new RangeError(`${method}: ${ordinal} is not an ordinal. Use a whole number, at least 0`);
  }
}
