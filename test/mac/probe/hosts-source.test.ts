import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { Poller } from '../../../agent/daemon/poller.ts';
import { emptyMemory } from '../../../agent/detect/memory.ts';
import { noOrganisation } from '../../../agent/issues/organisation.ts';
import { commands } from '../../../agent/mac/commands.ts';
import { registrationHosts } from '../../../agent/mac/probe/sign-in-hosts.ts';
import { SystemFiles } from '../../../agent/mac/system-files.ts';
import { SystemRunner } from '../../../agent/mac/system-runner.ts';
import { createObserver } from '../../../agent/observe/observe.ts';
import { effectiveSettings } from '../../../agent/settings/settings.ts';
import { systemClock } from '../../../agent/shared/clock.ts';
import { sessionUserOf } from '../../../agent/shared/session-user.ts';
import { shellQuoted } from '../../../agent/shared/shell-quoted.ts';
import { hour, minute } from '../../../agent/shared/time.ts';
import { installSysroot, type Sysroot } from '../../../agent/simulation/sysroot.ts';
import { installScript, temporarySysroot } from '../temporary-sysroot.ts';
import { createAuthority } from './certificates.ts';
import { serve } from './loopback-servers.ts';

/** Real commands, a real process that probes, and real TLS servers. Only the time is moved. */

const program = fileURLToPath(new URL('./processes/probe-loopback.ts', import.meta.url));
const issue = 'registration-endpoint-tls-inspection';
const publicAuthority = createAuthority('A public authority');
const proxy = createAuthority('The proxy of a company');

let sysroot: string;
let mac: Sysroot;
let moved: number;

beforeEach(async () => {
  sysroot = await temporarySysroot();
  mac = installSysroot(sysroot, { macos: '15.6' });
  moved = 0;
  const trusted = await serve(publicAuthority.issue('localhost'));
  const inspected = await serve(proxy.issue('localhost'));
  const authority = join(sysroot, 'authority.pem');
  writeFileSync(authority, publicAuthority.cert);
  const words = [process.execPath, program, authority, String(inspected.port), String(trusted.port)];
  const calls = shellQuoted(join(sysroot, 'probes'));
  const body = `echo "$@" >> ${calls}\nexec ${words.map(shellQuoted).join(' ')}`;
  await installScript(sysroot, commands.pssoMonitor, body);
});

/** Polls every five minutes, and gives the observation of each poll and the issues that opened. */
function agent(entries: Readonly<Record<string, unknown>>) {
  const who = sessionUserOf({ sysroot });
  const runner = new SystemRunner({ sysroot, home: who.home, user: who.name });
  const clock = {
    ...systemClock,
    now: () => systemClock.now() + moved,
    monotonic: () => systemClock.monotonic() + moved,
  };
  const observe = createObserver({ runner, files: new SystemFiles(sysroot), who, clock });
  const poller = new Poller({ clock, run: 'a run', observe });
  const { values } = effectiveSettings([{ origin: 'managed', entries }]);
  let memory = emptyMemory();
  return async () => {
    const input = { memory, notificationPending: false, values, organisation: noOrganisation };
    const polled = await poller.poll(input);
    memory = polled.detected.memory;
    poller.recorded(polled, 5 * minute);
    moved += 5 * minute;
    return {
      hosts: polled.observation.hosts,
      events: polled.detected.events.filter((event) => event.issue === issue).map(({ kind }) => kind),
    };
  };
}

const probes = () => {
  const file = join(sysroot, 'probes');
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
};

const notRegistered = { psso: { registered: false, userPresent: false } };

test('real handshakes open the issue after two readings, and its end resolves it', async () => {
  mac.apply(notRegistered);
  const poll = agent({ NetworkProbeEnabled: true });
  expect(await poll()).toMatchObject({ hosts: { reason: 'off' }, events: [] });
  const second = await poll();
  expect(second.hosts).toEqual({
    ok: true,
    value: { signIn: [], registration: [...registrationHosts] },
  });
  const opened: string[] = [];
  for (let count = 0; count < 12; count++) opened.push(...(await poll()).events);
  expect(opened).toEqual(['issue-opened']);
  // An hour: two that confirm each other.
  expect(probes()).toEqual(['probe-hosts', 'probe-hosts']);
  mac.apply({ psso: { registered: true, userPresent: true, receivedAt: Date.now() + moved } });
  const ended: string[] = [];
  for (let count = 0; count < 4; count++) ended.push(...(await poll()).events);
  expect(ended).toEqual(['issue-resolved']);
});

test.each([
  ['a healthy Mac', {}, { NetworkProbeEnabled: true }],
  ['a Mac with trouble, without the setting', notRegistered, {}],
  ['a Mac that is offline', { ...notRegistered, network: 'offline' as const }, { NetworkProbeEnabled: true }],
])('%s connects to no host', async (_what, change, entries) => {
  mac.apply({ ...change, ...('psso' in change ? {} : { psso: { receivedAt: Date.now() } }) });
  const poll = agent(entries);
  for (const end = moved + hour; moved < end; )
    expect((await poll()).hosts).toMatchObject({ ok: false, reason: 'off' });
  expect(probes()).toEqual([]);
});
