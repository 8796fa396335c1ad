/** The files of the mounted Secret. `passwords`, by account, replace the default ones; `undefined` removes a key. */
export function secret(passwords: Partial<Record<string, string | Buffer>> = {}): Record<string, string | Buffer> {
  const all = {
    root: 'of root',
    replication: 'of replication',
    backup: 'the password of backup',
    probe: 'of probe',
    ...passwords,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([account, password]) =>
      password === undefined ? [] : [[`mnt/credentials/${account}-password`, password]],
    ),
  );
}
