import { writeFileSync } from 'fs';
import { resolve } from 'path';
import { scannersPage } from './scanners-page';

writeFileSync(resolve(__dirname, '../docs/reference/scanners.md'), scannersPage());
