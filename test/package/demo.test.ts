import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { findings } from '../support/shellcheck';

const DEMO = resolve(__dirname, '../../examples/demo.sh');
const bin = mkdtempSync(join(tmpdir(), 'demo-'));
afterAll(() => rmSync(bin, { recursive: true }));

/** Runs bash, with a kubectl that answers by this script. */
function run(kubectl: string, ...args: string[]): string {
  writeFileSync(join(bin, 'kubectl'), `#!/usr/bin/env bash\n${kubectl}`, { mode: 0o755 });
  const env = { PATH: `${bin}:${process.env.PATH}`, LC_ALL: 'C.UTF-8', DEMO_NAMESPACE: 'mine', DEMO_TIMEOUT: '30' };
  const { stdout, stderr } = spawnSync('bash', args, {
    encoding: 'utf8',
    timeout: 60_000,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return stdout + stderr;
}

/** Sources the demo, which then stops before it begins, and runs a script with its functions. */
const within = (script: string, kubectl = 'exit 1') => run(kubectl, '-c', `. ${DEMO}; ${script}`);

test('shellcheck has no findings', () => {
  expect(findings(readFileSync(DEMO, 'utf8'))).toEqual([]);
});

describe('a namespace that exists', () => {
  const onItsOwn = (labels: string) =>
    run(
      `case "$*" in
         'config current-context') echo test ;;
         'get storageclasses '*) echo standard=true ;;
         'get namespace '*) echo 'Active ${labels}' ;;
       esac`,
      DEMO,
    );

  test('is offered for deletion if an earlier demo made it', () => {
    expect(onItsOwn('true')).toContain('kubectl delete namespace mine');
  });

  test("is not offered for deletion if it is somebody's", () => {
    const output = onItsOwn('');
    expect(output).toContain('but mine exists');
    expect(output).toContain('DEMO_NAMESPACE=... chooses another namespace');
    expect(output).not.toContain('kubectl delete namespace');
  });
});

test('a replica counts as ready once it has reached the primary', () => {
  const kubectl = `
    case "$*" in
      *' get pods '*) echo 'mysql-1||init-mysql=Completed clone-mysql=Completed |mysql=ready xtrabackup=ready |' ;;
      *' logs '*)
        echo '2026-01-01T00:00:00.000Z ready (detached): reads go on without the primary: it has just started'
        if [[ -e ${bin}/asked ]]; then echo '2026-01-01T00:00:01.000Z ready (replicating): from mysql-0'; fi
        touch ${bin}/asked ;;
    esac`;
  const lines = within('watch_pods mysql-1', kubectl).trimEnd().split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/mysql-1 +connecting .* reads go on without the primary/),
    expect.stringMatching(/mysql-1 +ready .* from mysql-0$/),
  ]);
});

test.each([
  [20, 'from mysql-0'],
  [12, 'from mysql-0'],
  [11, 'from…'],
  [5, 'from…'],
  [4, 'fro…'],
])('a detail in %s columns: %s', (width, shown) => {
  expect(within(`shortened 'from mysql-0' ${width}`)).toBe(shown);
});
