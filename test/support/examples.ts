import { existsSync, readdirSync } from 'fs';
import { join, resolve } from 'path';

const DIRECTORY = resolve(__dirname, '../../examples');

/** The examples, by the names of their directories. */
export const EXAMPLES = readdirSync(DIRECTORY).filter((name) => existsSync(join(DIRECTORY, name, 'main.ts')));
