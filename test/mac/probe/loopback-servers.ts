import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Certificate } from './certificates.ts';

/** A real TLS server on the loopback; `received` is what a client sent after the handshake. */
export async function serve({ cert, key }: Certificate): Promise<{ port: number; received: () => number }> {
  let bytes = 0;
  const sockets = new Set<Socket>();
  const server = createServer({ cert, key }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      bytes += data.length;
    });
  });
  return { port: await listen(server, sockets), received: () => bytes };
}

/** A server on the loopback without TLS. */
export async function serveTcp(answer: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    answer(socket);
  });
  return await listen(server, sockets);
}

async function listen(server: Server, sockets: ReadonlySet<Socket>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
