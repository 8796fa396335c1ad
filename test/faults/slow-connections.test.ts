import { findings } from '../support/shellcheck';
import { script } from './support/slow-connections';

test('shellcheck accepts the script', () => {
  expect(findings(script(['mysql-0.mysql', 'mysql-1.mysql']))).toEqual([]);
});
