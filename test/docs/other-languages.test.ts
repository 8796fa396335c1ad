import { readFileSync } from 'fs';
import { join, resolve } from 'path';

const CHECKOUT = resolve(__dirname, '../..');

// npm run test:languages runs these apps.
test('docs/tasks/other-languages.md quotes the apps of examples/languages', () => {
  const page = readFileSync(join(CHECKOUT, 'docs/tasks/other-languages.md'), 'utf8');
  const quoted = [...page.matchAll(/^```(?:python|java|go)\n([^]*?)^```$/gm)].map(([, code]) => code);
  const apps = ['python/main.py', 'java/src/main/java/Main.java', 'go/main.go'];
  expect(quoted).toEqual(apps.map((app) => readFileSync(join(CHECKOUT, 'examples/languages', app), 'utf8')));
});
