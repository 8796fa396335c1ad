import { Initialize } from '../../lib';
import { initializeRules } from '../../lib/rules/initialize';
import { testRules } from '../support/rules';

const sql = (length: number) => ({ initialize: Initialize.ifEmpty({ sql: 'x'.repeat(length) }) });

testRules(initializeRules, [
  [
    'initialize.sql fits into the ConfigMap',
    [
      [
        sql(128 * 1024),
        'initialize.sql: 129 KiB of SQL are too much for a ConfigMap that kubectl applies. Use at most 128 KiB, and load the rest through the primary',
      ],
    ],
    [sql(128 * 1024 - 2), { initialize: Initialize.ifEmpty() }],
  ],
]);
