import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { dirname, resolve } from 'path';
import { MySqlVersion } from '../lib';
import { lists } from './lists';
import { optionPatterns } from './options';
import { templates } from './templates';
import { chartSchema } from './values';
import { valuesYaml } from './values-yaml';

/** Writes the chart into a directory, and nothing else stays there. */
export function writeChart(directory: string): void {
  const { version } = JSON.parse(readFileSync(resolve(__dirname, '../package.json'), 'utf8'));
  rmSync(directory, { recursive: true, force: true });
  cpSync(resolve(__dirname, 'files'), directory, { recursive: true });
  const chart = readFileSync(resolve(__dirname, 'files/Chart.yaml'), 'utf8');
  const files = new Map([
    ['Chart.yaml', `${chart}version: ${version}\nappVersion: "${MySqlVersion.V8_4.tag}"\n`],
    ['values.yaml', valuesYaml()],
    ['values.schema.json', `${JSON.stringify(chartSchema(), null, 2)}\n`],
    ['templates/_options.tpl', optionPatterns()],
    ['templates/_lists.tpl', lists()],
    ...[...templates()].map(([name, text]): [string, string] => [`templates/${name}`, text]),
  ]);
  for (const [name, text] of files) {
    const file = resolve(directory, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

if (require.main === module) writeChart(resolve(__dirname, 'build/replicated-mysql'));
