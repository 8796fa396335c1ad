import { writeFileSync } from 'fs';
import { resolve } from 'path';
import { differences } from '../test/tutorial/differences';
import { page } from '../test/tutorial/page';

writeFileSync(resolve(__dirname, '../docs/reference/deviations.md'), page(differences()));
