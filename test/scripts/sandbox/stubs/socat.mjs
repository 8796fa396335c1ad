// Does what socat does with TCP-LISTEN:port,fork and EXEC:command, on the pod's address.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const [, port] = process.argv.join(' ').match(/TCP-LISTEN:(\d+)/);
const [, command] = process.argv.join(' ').match(/EXEC:([^,]+)/);
createServer((connection) => {
  const [program, ...args] = command.split(' ');
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, SOCAT_PEERADDR: connection.remoteAddress },
  });
  connection.pipe(child.stdin);
  child.stdout.pipe(connection);
  for (const stream of [connection, child.stdin, child.stdout]) stream.on('error', () => connection.destroy());
}).listen(Number(port), process.env.POD_IP);
