import { CloneMethod } from '../../lib';
import { rendered } from './sandbox/rendered';
import { Sandbox } from './sandbox/sandbox';

// The sandbox has every program that a script names but one, which no machine has.
test.each([
  ['clone-mysql', CloneMethod.clonePlugin(), 'gawk', 'mysql:8.4'],
  ['clone-mysql', CloneMethod.xtraBackup(), 'xbstream', 'percona/percona-xtrabackup:8.4'],
  ['xtrabackup', CloneMethod.xtraBackup(), 'socat', 'percona/percona-xtrabackup:8.4'],
])('%s refuses to run in an image that lacks a program', async (name, cloneMethod, program, image) => {
  const cluster = rendered({ cloneMethod });
  const scripts = {
    [name]: cluster.scripts[name].replace(/^for program in .*$/m, (line) => line.replace(program, 'no-such-program')),
  };
  const run = new Sandbox({ ...cluster, scripts }, 1).start(name);
  expect(await run.code()).toBe(1);
  expect(run.output).toContain(`REFUSED: the image ${image} has no no-such-program, which this container needs`);
});
