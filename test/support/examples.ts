import { existsSync, readdirSync } from 'fs';
import { join, resolve } from 'path';

const DIRECTORY = resolve(__dirname, '../../examples');

/** The names of the examples: their directories. */
export const EXAMPLES = readdirSync(DIRECTORY).filter((name) => existsSync(join(DIRECTORY, name, 'main.ts')));
