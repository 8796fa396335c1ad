import { Cluster } from '../cluster';
import { forEach, rule, Rule } from './rule';
import { isSecretKey, isDnsSubdomain } from './syntax';

/** Rules on `credentials`. */
export const credentialsRules: readonly Rule<Cluster>[] = [
  rule(
    'credentials',
    'has the name of a Secret: at most 253 lower-case letters, digits, `-` and `.`',
    // By default the Secret has the name of the cluster, which has a rule itself.
    ({ name, credentials: { secretName = name } }) => secretName === name || isDnsSubdomain(secretName),
    ({ credentials: { secretName } }) =>
      `credentials: "${secretName}" is not a valid name of a Secret. Use at most 253 lower-case letters, digits, "-" and "."`,
  ),
  ...forEach(
    keys,
    rule<[account: string, key: string]>(
      'credentials',
      'has keys of a Secret: at most 253 letters, digits, `-`, `_` and `.`',
      ([, key]) => isSecretKey(key),
      ([account, key]) =>
        `credentials: ${JSON.stringify(key)}, for the password of ${account}, is not a valid key of a Secret. Use at most 253 letters, digits, "-", "_" and "."`,
    ),
  ),
];

function keys({ credentials }: Cluster): [account: string, key: string][] {
  return credentials._insecure ? [] : Object.entries(credentials._keys);
}
