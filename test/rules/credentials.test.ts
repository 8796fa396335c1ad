import { Credentials } from '../../lib';
import { credentialsRules } from '../../lib/rules/credentials';
import { testRules } from '../support/rules';

testRules(credentialsRules, [
  [
    'credentials have the name of a Secret',
    ['', 'My_Secret', '$(id)', '-a', 'x'.repeat(254)].map((secret) => [
      { credentials: Credentials.fromSecret(secret) },
      `credentials: "${secret}" is not a valid name of a Secret. Use at most 253 lower-case letters, digits, "-" and "."`,
    ]),
    ['a', 'mysql.passwords-2', 'x'.repeat(253)].map((secret) => ({ credentials: Credentials.fromSecret(secret) })),
  ],
  [
    'credentials have keys of a Secret',
    [
      ['', '""'],
      ['a b', '"a b"'],
      ['$(id)', '"$(id)"'],
      ['a\nb', '"a\\nb"'],
      ['x'.repeat(254), `"${'x'.repeat(254)}"`],
    ].map(([backup, text]) => [
      { credentials: Credentials.fromSecret('vault', { backup }) },
      `credentials: ${text}, for the password of backup, is not a valid key of a Secret. Use at most 253 letters, digits, "-", "_" and "."`,
    ]),
    ['_.-9', 'ROOT_PASSWORD', 'x'.repeat(253)].map((root) => ({
      credentials: Credentials.fromSecret('vault', { root }),
    })),
  ],
]);
