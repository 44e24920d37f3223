import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realTool } from '../pkg-build/real-tool.ts';

export interface UploadServer {
  readonly port: number;
  /** The folder with what it received. */
  readonly files: string;
  /** The certificate authority of its certificate. */
  readonly authority: string;
  /** Method, path and status of each request so far. */
  readonly requests: () => string[];
  readonly end: () => Promise<void>;
}

/** A port that no one listens on. */
async function freePort(): Promise<number> {
  const server = await listening(createServer());
  const { port } = addressOf(server);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  await promise;
  return port;
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address;
}

function listening(server: Server): Promise<Server> {
  const { promise, resolve } = Promise.withResolvers<Server>();
  server.listen(0, '127.0.0.1', () => resolve(server));
  return promise;
}

function makeCertificate(folder: string): void {
  const openssl = (...args: string[]) =>
    execFileSync(realTool('openssl'), args, { cwd: folder, stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test authority');
  const names = 'subjectAltName=IP:127.0.0.1,DNS:acme.blob.core.windows.net';
  openssl(
    ...['req', '-x509', ...key, '-keyout', 'server.key', '-out', 'server.pem', '-subj', '/CN=127.0.0.1'],
    ...['-CA', 'ca.pem', '-CAkey', 'ca.key', '-addext', names],
  );
}

const configuration = (folder: string, port: number, location: string) => `
daemon off;
worker_processes 1;
user root;
pid ${folder}/nginx.pid;
events {}
http {
  log_format short '$request_method $request_uri $status';
  access_log ${folder}/access.log short;
  client_max_body_size 100m;
  client_body_temp_path ${folder}/temporary;
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${folder}/server.pem;
    ssl_certificate_key ${folder}/server.key;
    root ${folder}/files;
    location /open/ { dav_methods PUT; create_full_put_path on; }
    location /full/ { dav_methods PUT; create_full_put_path on; }
    location /dav/ { dav_methods PUT MKCOL; }
    location /private/ {
      auth_basic psso;
      auth_basic_user_file ${folder}/users;
      dav_methods PUT;
      create_full_put_path on;
    }
    location /acme/ {
      if ($http_x_ms_blob_type != BlockBlob) { return 400; }
      if ($arg_sig != secret) { return 403; }
      dav_methods PUT;
      create_full_put_path on;
    }
    location /elsewhere/ { return 307 https://127.0.0.1:${port}/open$uri; }
    location /downgrade/ { return 307 http://127.0.0.1:${port}/open$uri; }
    location /denied/ { return 403; }
    location /page/ { default_type text/html; return 200 '<p>Sign in</p>'; }
    location /to-page/ { return 303 https://127.0.0.1:${port}/page/; }
    location /busy/ { return 503; }
    ${location}
  }
}
`;

/** nginx with WebDAV and TLS, on this machine only. `location`: one more, for the folder of the server. */
export async function uploadServer(location = (_folder: string) => ''): Promise<UploadServer> {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-uploads-'));
  const files = join(folder, 'files');
  for (const name of ['open', 'full', 'dav', 'private', 'acme'])
    mkdirSync(join(files, name), { recursive: true });
  makeCertificate(folder);
  writeFileSync(join(folder, 'users'), 'mac:{PLAIN}pass word\npsso:{PLAIN}the password\n');
  const port = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, location(folder)));
  const errors = join(folder, 'errors.log');
  const child = spawn(realTool('nginx'), ['-p', folder, '-c', 'nginx.conf', '-e', errors], {
    stdio: 'ignore',
  });
  await answers(child, port, errors);
  return {
    port,
    files,
    authority: join(folder, 'ca.pem'),
    requests: () => readFileSync(join(folder, 'access.log'), 'utf8').split('\n').slice(0, -1),
    end: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
      await promise;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(child: ChildProcess, port: number, errors: string): Promise<void> {
  while (child.exitCode === null) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    const connected = await promise;
    socket.destroy();
    if (connected) return;
  }
  throw new Error(`nginx ended: ${readFileSync(errors, 'utf8')}`);
}

export interface Cutter {
  readonly port: number;
  /** The number of connections so far. */
  readonly connections: () => number;
  readonly end: () => void;
}

/**
 * A connection to a server, of which `bytes` pass: `cut` then ends the first `times` connections, `hold`
 * keeps them open in silence.
 */
export async function cutter(
  target: number,
  { bytes, times, how }: { bytes: number; times: number; how: 'cut' | 'hold' },
): Promise<Cutter> {
  let count = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const faulty = ++count <= times;
    const upstream = connect(target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          client.destroy();
          upstream.destroy();
        });
    }
    let passed = 0;
    client.on('data', (data) => {
      passed += data.length;
      if (!faulty || passed <= bytes) upstream.write(data);
      else if (how === 'cut') client.resetAndDestroy();
    });
    upstream.pipe(client);
  });
  await listening(server);
  return {
    port: addressOf(server).port,
    connections: () => count,
    end: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
