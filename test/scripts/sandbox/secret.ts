/** The files of a Secret in a sandbox: its passwords by account, some given. */
export function secret(passwords: Partial<Record<string, string | Buffer>> = {}): Record<string, string | Buffer> {
  const all = { root: 'of root', replication: 'of replication', backup: 'of backup', probe: 'of probe', ...passwords };
  return Object.fromEntries(
    Object.entries(all).flatMap(([account, password]) =>
      password === undefined ? [] : [[`mnt/credentials/${account}-password`, password]],
    ),
  );
}
