import { beforeAll, expect, test } from 'vitest';
import { networkCheck } from '../../../agent/doctor/checks/network.ts';
import { probeHost } from '../../../agent/mac/probe/probe-host.ts';
import { registrationHosts, signInHosts } from '../../../agent/mac/probe/sign-in-hosts.ts';
import { type Authority, createAuthority } from './certificates.ts';
import { serve, serveTcp } from './loopback-servers.ts';

let publicAuthority: Authority;
let proxy: Authority;
beforeAll(() => {
  publicAuthority = createAuthority('A public authority');
  proxy = createAuthority('The proxy of a company');
});

const probe = (port: number) =>
  probeHost('localhost', { port, authorities: [publicAuthority.cert], timeoutMs: 5_000 });

test('a certificate of a public authority is trusted, and nothing is sent', async () => {
  const { port, received } = await serve(publicAuthority.issue('localhost'));
  expect(await probe(port)).toEqual({ host: 'localhost', verdict: 'trusted', code: null });
  expect(received()).toBe(0);
});

test('a certificate that a proxy made for the host is an inspection', async () => {
  const { port } = await serve(proxy.issue('localhost'));
  expect(await probe(port)).toMatchObject({
    verdict: 'inspected',
    code: expect.stringMatching(/ISSUER|VERIFY/),
  });
});

test('the own certificate of a captive portal is no inspection', async () => {
  const { port } = await serve(proxy.issue('portal.example'));
  expect(await probe(port)).toMatchObject({ verdict: 'unclear', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

test('a certificate that is out of date is unclear: the clock of the Mac may be wrong', async () => {
  const { port } = await serve(publicAuthority.issue('localhost', -1));
  expect(await probe(port)).toMatchObject({ verdict: 'unclear', code: 'CERT_HAS_EXPIRED' });
});

test('what does not speak TLS is unreachable', async () => {
  const port = await serveTcp((socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
  expect(await probe(port)).toMatchObject({ verdict: 'unreachable' });
});

test('a closed port is unreachable', async () => {
  // A port that nothing listens to: privileged, and of no service here.
  expect(await probe(1)).toMatchObject({ verdict: 'unreachable', code: 'ECONNREFUSED' });
});

test('a server that never answers ends at the timeout', async () => {
  const port = await serveTcp(() => undefined);
  const probed = probeHost('localhost', { port, timeoutMs: 100 });
  expect(await probed).toMatchObject({ verdict: 'unreachable', code: 'ETIMEDOUT' });
});

test("doctor's check fails for an inspection only, and names the hosts", async () => {
  const verdicts = { 'login.microsoftonline.com': 'inspected', 'sts.windows.net': 'unreachable' } as const;
  const verdictOf = new Map<string, 'inspected' | 'unreachable'>(Object.entries(verdicts));
  const check = networkCheck(async () =>
    [...signInHosts, ...registrationHosts].map((host) => ({
      host,
      verdict: verdictOf.get(host) ?? 'trusted',
      code: null,
    })),
  );
  const { doctorDependencies } = await import('../../../agent/doctor/doctor-dependencies.ts');
  const dependencies = await doctorDependencies({ dataDir: '/nowhere' });
  const outcomes = await check.run({ ...dependencies, sysroot: null });
  expect(outcomes.map(({ verdict, id }) => [verdict, id])).toEqual([
    ['pass', undefined],
    ['fail', 'network-inspected'],
    ['could-not-run', 'network-unreachable'],
  ]);
  expect(outcomes[1]?.message).toContain('login.microsoftonline.com');
  expect(await check.run({ ...dependencies, sysroot: '/mac' })).toMatchObject([{ verdict: 'could-not-run' }]);
});
