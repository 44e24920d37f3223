import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { foreignWords } from '../helpers/foreign-words.ts';
import { replayInto } from '../helpers/replay-into.ts';
import { replayField } from '../helpers/replayed.ts';

const onlyEntra = ['insufficient-join-permissions-silent', 'per-user-mfa-blocks-password-sync'];

describe.each([
  ['okta-lost-13', 'deregister-reregister-macos13'],
  ['okta-lost-14', 'registration-needs-repair'],
])('%s: a registration with Okta is lost', (name, issue) => {
  test('the user and the admin read nothing of Entra', async () => {
    const replayed = await replayField(name);
    expect(replayed.state['identity-provider']).toBe('okta');
    expect(replayed.summary.openIssues).toContain(issue);
    const opened = replayed.events.find((event) => event.kind === 'issue-opened' && event.issue === issue);
    expect(opened?.severity).toBe('high');
    const causes: unknown = opened?.data.possibleCauses;
    expect(causes).toEqual(expect.arrayContaining(['registration-prompt-closed']));
    for (const cause of onlyEntra) expect(causes).not.toContain(cause);
    const shown = replayed.notifications.filter((one) => one.issue === issue && one.shown);
    expect(shown).not.toEqual([]);
    const read = JSON.stringify([shown, replayed.events.map(({ summary, data }) => [summary, data])]);
    for (const words of foreignWords.okta) expect(read).not.toMatch(words);
  });

  test('explain, advice and diagnose use the names of Okta', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'psso-monitor-okta-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const file = fileURLToPath(new URL(`${name}.ndjson`, import.meta.url));
    await replayInto(dataDir, file);
    const asked = (...args: string[]) => {
      const { stdout } = cli([...args, '--data-dir', dataDir]);
      for (const words of foreignWords.okta) expect(stdout).not.toMatch(words);
      return stdout;
    };
    const explained = asked('explain', issue);
    expect(explained).toContain('Okta Admin Console > Directory > Devices');
    expect(explained).toContain('https://help.okta.com/');
    expect(explained).toContain('unassign the profile with Platform SSO');
    asked('advice');
    asked('status');
    asked('issues');
    expect(asked('diagnose', '--describe')).toContain('- identity-provider: okta');
    const joining = cli(['explain', 'insufficient-join-permissions-silent', '--data-dir', dataDir]).stdout;
    expect(joining).toContain('Only a Mac with Entra can have it.');
  });
});

test('okta-lost-13: the user is sent to the IT support, not to an app', async () => {
  const { notifications } = await replayField('okta-lost-13');
  expect(notifications.find(({ shown }) => shown)?.body).toBe(
    'Please tell your IT support that work sign-in needs to be set up again on this Mac. Then sign in when macOS asks you to.',
  );
});

test('okta-lost-14: the user is sent to Repair', async () => {
  const { notifications } = await replayField('okta-lost-14');
  expect(notifications.find(({ shown }) => shown)?.body).toContain('click Edit, then Repair');
});
