import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { build } from 'plist';
import { preferencesDomain } from '../../agent/settings/read-settings.ts';
import { installSysroot } from '../../agent/simulation/sysroot.ts';
import { openStore } from '../../agent/store/sqlite-store.ts';
import { type Identities, logOf, textsOf } from '../capture/named-mac.ts';
import { batch, cycle, episode, event } from '../store/samples.ts';

export const who: Identities = {
  account: userInfo().username,
  local: "jörg.o'neil+test",
  domain: 'wide-world-importers.example',
  tenant: '5f0c7c3a-9d1e-4b52-8a67-d3b1c0a9e8f4',
  deviceId: 'e1b2c3d4-0a1b-4c2d-9e3f-a4b5c6d7e8f9',
  organisation: 'Importeure Nord & Söhne',
  keys: [
    Buffer.from('the first of the secret keys, 32').toString('base64'),
    Buffer.from('the second of the secret keys 32').toString('base64'),
    Buffer.from('the third of the secret keys, 32').toString('base64'),
  ],
};
const [firstKey] = who.keys;
/** Deleted from the database, but still in its pages. */
export const deleted = 'deleted-secret-of-importeure-nord';
/** Each of its words is an ordinary one. */
export const helpdesk = 'Service of the Second Screen';
const minute = 60_000;

/** A simulated Mac and its history, with these identities in every possible place. The options name both. */
export function plantMac(folder: string): string[] {
  const sysroot = join(folder, 'mac');
  const dataDir = join(folder, 'data');
  const { appSso, profile, passwordPolicy, workplaceJoin } = textsOf(who);
  installSysroot(sysroot).apply({
    appSso: { text: appSso },
    profile: { text: profile },
    passwordPolicy: { text: passwordPolicy },
    workplaceJoin: { text: workplaceJoin },
  });
  const preferences = join(sysroot, 'Library/Managed Preferences');
  mkdirSync(preferences, { recursive: true });
  writeFileSync(join(preferences, `${preferencesDomain}.plist`), build({ HelpdeskName: helpdesk }));
  const now = Date.now();
  const database = join(dataDir, 'events.db');
  const store = openStore({ path: database, agentVersion: '0.1.0', now });
  store.commit(
    batch({
      at: now,
      events: [
        event({ at: now - 20 * 86_400_000, summary: `Long ago ${deleted}.` }),
        event({
          at: now - 60 * minute,
          kind: 'macos-updated',
          summary: 'macOS 15.6 now; it was 15.5.',
          from: '15.5',
          to: '15.6',
        }),
        event({
          at: now - 50 * minute,
          kind: 're-registered',
          summary: 'The Mac was registered again.',
          from: who.tenant,
          to: who.deviceId,
          data: { deviceId: who.deviceId },
        }),
        event({
          at: now - 40 * minute,
          kind: 'settings-invalid',
          summary: `There is no setting "${who.local}"; it is ignored.`,
          data: { key: who.local, [who.organisation]: firstKey },
        }),
        event({
          at: now - 30 * minute,
          kind: 'source-failed',
          summary: `The source account can't be read: ${who.local}@${who.domain}`,
          data: { path: `/Users/${who.local}/Library` },
        }),
        event({
          at: now - 20 * minute,
          kind: 'notification-shown',
          issue: 'registration-lost',
          summary: 'Shown by osascript: Work sign-in needs a repair',
          data: { title: 'Work sign-in needs a repair', body: `Please tell ${helpdesk}.` },
        }),
      ],
      episodes: [
        episode({
          issue: 'registration-needs-repair',
          openedAt: now - 45 * minute,
          summary: 'The registration needs repair: the device is not registered.',
          evidence: { deviceId: who.deviceId },
        }),
      ],
      syncCycles: [cycle({ staleFrom: now - 90 * minute })],
      state: { headline: 'needs-attention', method: 'password', user: who.local, device: who.deviceId },
      memory: JSON.stringify({ deviceId: who.deviceId, secret: firstKey }),
    }),
  );
  store.close();
  const raw = new Database(database);
  raw.pragma('secure_delete = OFF');
  raw.exec(
    `CREATE TABLE scratch (text TEXT); INSERT INTO scratch VALUES ('${deleted.repeat(200)}'); DELETE FROM scratch;`,
  );
  raw.close();
  writeFileSync(
    join(dataDir, 'agent.log'),
    `${logOf(who).replaceAll('2026-11-23T09:00:00.000Z', new Date(now).toISOString())}`,
  );
  return ['--sysroot', sysroot, '--data-dir', dataDir];
}
