import { writeFileSync } from 'fs';
import { resolve } from 'path';
import { differences } from './differences';
import { page } from './page';

writeFileSync(resolve(__dirname, '../../docs/deviations.md'), page(differences()));
