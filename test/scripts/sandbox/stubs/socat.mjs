// Does what socat does with TCP-LISTEN:port,fork or OPENSSL-LISTEN:port, and EXEC:command, on the pod's address; and with
// - and OPENSSL:host:port.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { connect, createServer as createTlsServer } from 'node:tls';

const addresses = process.argv.slice(2);
const [, kind, place] = addresses.join(' ').match(/(TCP-LISTEN|OPENSSL-LISTEN|OPENSSL):([^, ]+)/);
const option = (name) => addresses.join(' ').match(new RegExp(`,${name}=([^, ]*)`))?.[1];
const fail = (error) => {
  console.error(`socat E ${error.message}`);
  process.exit(1);
};

/** Makes a connection the standard input and output of the command. */
function execute(connection, ended = () => {}) {
  if (addresses.includes('OPEN:/dev/null')) return void connection.on('error', () => {}).end();
  const [program, ...args] = addresses
    .join(' ')
    .match(/EXEC:([^,]+)/)[1]
    .split(' ');
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, SOCAT_PEERADDR: connection.remoteAddress },
  });
  connection.pipe(child.stdin);
  child.stdout.pipe(connection);
  for (const stream of [connection, child.stdin, child.stdout]) stream.on('error', () => connection.destroy());
  child.on('exit', ended);
}

if (kind === 'TCP-LISTEN') {
  createServer(execute).listen(Number(place), process.env.POD_IP);
} else if (kind === 'OPENSSL-LISTEN') {
  const server = createTlsServer({
    cert: readFileSync(option('cert')),
    key: readFileSync(option('key')),
    minVersion: 'TLSv1.2',
  });
  server.on('connection', (connection) => {
    if (`${connection.remoteAddress}/32` === option('range')) server.close();
    else connection.destroy();
  });
  server.on('tlsClientError', (error) => server.listening || fail(error));
  server.on('secureConnection', (connection) => {
    connection.on('close', () => process.exit());
    execute(connection, () => connection.end());
  });
  server.listen(Number(place), process.env.POD_IP);
} else {
  const [host, port] = place.split(':');
  const dial = (attempts) => {
    const connection = connect(
      { host, port: Number(port), ca: readFileSync(option('cafile')), checkServerIdentity: () => undefined },
      () => {
        process.stdin.pipe(connection);
        connection.pipe(process.stdout);
        connection.on('close', () => process.exit());
      },
    );
    connection.on('error', (error) => {
      if (error.code === 'ECONNREFUSED' && attempts) setTimeout(dial, 50, attempts - 1);
      else fail(error);
    });
  };
  dial(Number(option('retry')));
}
