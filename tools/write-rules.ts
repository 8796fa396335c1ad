import { writeFileSync } from 'fs';
import { resolve } from 'path';
import { rulesPage } from './rules-page';

writeFileSync(resolve(__dirname, '../docs/reference/rules.md'), rulesPage());
