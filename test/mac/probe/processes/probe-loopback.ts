import { readFileSync } from 'node:fs';
import { inspectionOf } from '../../../../agent/mac/probe/inspection-of.ts';
import { probeHost } from '../../../../agent/mac/probe/probe-host.ts';
import { registrationHosts, signInHosts } from '../../../../agent/mac/probe/sign-in-hosts.ts';

// Stands in for `psso-monitor probe-hosts`: the same handshakes, with servers on the loopback.
// Arguments: the file of the authority, the port of the registration hosts, the port of the others.
const [authority = '', registrationPort, signInPort] = process.argv.slice(2);
const authorities = [readFileSync(authority, 'utf8')];
const hosts = [
  ...signInHosts.map((host) => ({ host, port: Number(signInPort) })),
  ...registrationHosts.map((host) => ({ host, port: Number(registrationPort) })),
];
const probed = await Promise.all(
  hosts.map(async ({ host, port }) => ({ ...(await probeHost('localhost', { port, authorities })), host })),
);
process.stdout.write(`${JSON.stringify(inspectionOf(probed))}\n`);
