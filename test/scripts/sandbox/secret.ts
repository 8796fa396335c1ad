/** Where the kubelet delivers the Secret, and where the scripts keep what is whole. */
const DIRECTORIES = ['delivered', 'credentials'];

/** The files of the Secret, delivered and in use. `passwords`, by account, replace the default ones; `undefined` removes a key. */
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
      password === undefined ? [] : DIRECTORIES.map((directory) => [`mnt/${directory}/${account}-password`, password]),
    ),
  );
}
