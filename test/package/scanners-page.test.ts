import { readFileSync } from 'fs';
import { resolve } from 'path';
import { scannersPage } from '../../tools/scanners-page';

test('docs/reference/scanners.md lists what scanners find; npm run docs:scanners writes it', () => {
  expect(scannersPage()).toBe(readFileSync(resolve(__dirname, '../../docs/reference/scanners.md'), 'utf8'));
});
