import { serverIdBaseRules } from '../../lib/rules/server-id-base';
import { testRules } from '../support/rules';

testRules(serverIdBaseRules, [
  [
    'serverIdBase plus an ordinal is a server-id',
    [0, -5, 1.5, NaN, 2 ** 32 - 2].map((serverIdBase) => [
      { serverIdBase },
      `serverIdBase: ${serverIdBase} plus an ordinal is not a server-id. Use a whole number from 1 to 4294967293`,
    ]),
    [{ serverIdBase: 1 }, { serverIdBase: 2 ** 32 - 3 }, { serverIdBase: 2 ** 32 - 2, replicas: 2 }],
  ],
]);
