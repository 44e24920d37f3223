import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { until } from '../helpers/until.ts';
import { type WalkedMac, walkedMac } from './walked-mac.ts';

let mac: WalkedMac;

beforeEach(() => {
  mac = walkedMac();
});

afterEach(() => mac.end());

const shown = () => mac.events().filter(({ kind }) => kind === 'notification-shown');
const place = () => ['--sysroot', join(mac.dataDir, '..', 'Mac'), '--data-dir', mac.dataDir];
const notifyTest = () => cli(['notify', '--test', ...place()]);

test('a test beside a running agent proves the channel, and the agent goes on', async () => {
  await mac.startAgent();
  expect(mac.judge().results.notification).toBe('not-seen');
  expect(notifyTest()).toMatchObject({ status: 0, stderr: '' });
  expect(mac.judge().results.notification).toBe('passed');
  // Of no issue, and the purpose says that it is a test.
  const events = cli(['events', '--all', '--json', ...place()]).stdout;
  const tests = events.split('\n').filter((line) => line.includes('notification-shown'));
  expect(tests).toHaveLength(1);
  const event = JSON.parse(tests[0] ?? '');
  expect(event).toMatchObject({ issue: '' });
  expect(JSON.parse(event.detail)).toMatchObject({ purpose: 'test' });
  // The agent still writes: what changes now is in the history.
  mac.apply({ companyPortal: '5.2506.0' });
  const kinds = () => mac.events().map(({ kind }) => kind);
  await until(() => kinds().includes('company-portal-updated'), 'the next event of the agent');
});

test('a test that no channel takes fails the step', async () => {
  mac.manage({ NotificationChannel: 'swiftDialog' });
  await mac.startAgent();
  expect(notifyTest().status).toBe(1);
  expect(mac.judge().results.notification).toBe('failed');
});

test('the daily maximum does not count it, and the report does not list it', async () => {
  await mac.startAgent();
  for (let count = 0; count < 3; count++) expect(notifyTest().status).toBe(0);
  expect(shown()).toHaveLength(3);
  const report = cli(['report', '--json', ...place()]).stdout;
  expect(report).not.toContain('Shown to the user');
});

// The newest event of a record without an agent passes for its last poll.
test('an old record stays unchanged', async () => {
  await mac.record({ hours: 1 }, []);
  expect(notifyTest()).toMatchObject({ status: 0, stderr: '' });
  expect(shown()).toEqual([]);
});

test('without a history none begins', () => {
  expect(notifyTest()).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(mac.dataDir)).toBe(false);
});
