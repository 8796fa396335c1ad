import { readFileSync } from 'fs';
import { resolve } from 'path';
import { rulesPage } from '../../tools/rules-page';

test('docs/reference/rules.md lists the rules; npm run docs:rules writes it', () => {
  expect(rulesPage()).toBe(readFileSync(resolve(__dirname, '../../docs/reference/rules.md'), 'utf8'));
});
