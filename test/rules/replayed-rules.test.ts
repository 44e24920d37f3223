import { describe, expect, test } from 'vitest';
import { mac, type Replayed, replayLines } from '../helpers/replayed.ts';

/** A Mac that runs for some hours, with these settings for issues. */
function ofRules(issues: object, lines: readonly object[], more: object = {}): Promise<Replayed> {
  return replayLines([{ ...mac, settings: { Issues: issues, ...more } }, ...lines]);
}
const opened = ({ issues }: Replayed) =>
  issues.map(({ issue, status, severity }) => [issue, status, severity]);

const old = {
  'org-old-portal': {
    When: '!versionAtLeast(companyPortal.version, "5.2600") && companyPortal.installed',
    Title: 'Company Portal is old',
    Severity: 'medium',
    Explanation: 'Update it.',
  },
};

describe('a rule', () => {
  test('opens its issue after two readings, and closes it, as any other issue', async () => {
    const replayed = await ofRules(old, [
      { at: '+1h', companyPortal: '5.2504.0' },
      { at: '+4h', companyPortal: '5.2604.0' },
      { at: '+6h', end: true },
    ]);
    expect(opened(replayed)).toEqual([['org-old-portal', 'resolved', 'medium']]);
    const [open] = replayed.events.filter(({ kind }) => kind === 'issue-opened');
    expect(open).toMatchObject({ issue: 'org-old-portal', summary: 'Company Portal is old.' });
    expect(open?.data).toMatchObject({
      condition: old['org-old-portal'].When,
      values: { 'companyPortal.version': '5.2504.0', 'companyPortal.installed': true },
    });
    expect(replayed.notifications).toEqual([]);
    expect(replayed.state.headline).toBe('ok');
  });

  test('is unknown while its source is not read, and then neither opens nor closes', async () => {
    const rule = (When: string) => ({ 'org-x': { When, Title: 'A rule' } });
    const unread = { passwordPolicy: { fail: 'timeout' } };
    const never = await ofRules(rule('passwordRules.minimumLength < 100'), [
      { at: '+0m', ...unread },
      { at: '+6h', end: true },
    ]);
    expect(never.issues).toEqual([]);
    const stays = await ofRules(rule('passwordRules.minimumLength < 100'), [
      { at: '+2h', ...unread },
      { at: '+8h', end: true },
    ]);
    expect(opened(stays)).toEqual([['org-x', 'open', 'low']]);
  });

  test('over a source that is read once a day waits for a second reading of it', async () => {
    const rule = { 'org-unencrypted': { When: '!mac.fileVault', Title: 'FileVault is off' } };
    const replayed = await ofRules(rule, [
      { at: '+0m', fileVault: false },
      { at: '+4h', fileVault: true },
      { at: '+9h', end: true },
    ]);
    expect(opened(replayed)).toEqual([['org-unencrypted', 'resolved', 'low']]);
  });

  test('for the user notifies in the admin’s words, with the link, and says when it is over', async () => {
    const replayed = await ofRules(
      {
        'org-old-portal': {
          ...old['org-old-portal'],
          Audience: 'user',
          Title: { en: 'Update Company Portal', de: 'Unternehmensportal aktualisieren' },
          Text: { en: 'Open Self Service.', de: 'Öffnen Sie Self Service.' },
          Link: 'jamfselfservice://content?entity=policy&id=3&action=view',
        },
      },
      [
        // With this method no password window delays the second notification.
        { at: '+0m', psso: { method: 'secureEnclaveKey' } },
        { at: '+1h', companyPortal: '5.2504.0' },
        { at: '+6h', companyPortal: '5.2604.0' },
        { at: '+9h', end: true },
      ],
      { Language: 'de', Reminders: 'once' },
    );
    expect(replayed.notifications.map(({ purpose, title, body }) => [purpose, title, body])).toEqual([
      ['problem', 'Unternehmensportal aktualisieren', 'Öffnen Sie Self Service.'],
      [
        'solved',
        'Es ist nichts mehr zu tun',
        '„Unternehmensportal aktualisieren“ trifft nicht mehr zu. Sie müssen nichts tun.',
      ],
    ]);
  });

  test('that breaks sign-in decides the headline', async () => {
    const replayed = await ofRules(
      {
        'org-x': {
          When: 'psso.method == "password"',
          Title: 'A password',
          BreaksSignIn: true,
          Severity: 'high',
        },
      },
      [{ at: '+3h', end: true }],
    );
    expect(replayed.state.headline).toBe('needs-attention');
  });

  test('waits for its ConfirmMinutes', async () => {
    const rule = { When: 'psso.method == "password"', Title: 'A password' };
    const replayed = (ConfirmMinutes: number) =>
      ofRules({ 'org-x': { ...rule, ConfirmMinutes } }, [{ at: '+3h', end: true }]);
    expect(opened(await replayed(60))).toEqual([['org-x', 'open', 'low']]);
    expect(opened(await replayed(600))).toEqual([]);
  });

  test('that is not valid is named once, and the others work', async () => {
    const replayed = await ofRules(
      {
        'org-bad': { When: 'psso.metod == "password"', Title: 'Bad' },
        'org-x': { When: 'true', Title: 'Good' },
      },
      [{ at: '+3h', end: true }],
    );
    expect(opened(replayed)).toEqual([['org-x', 'open', 'low']]);
    const problems = replayed.events.filter(({ kind }) => kind === 'settings-invalid');
    expect(problems.map(({ summary }) => summary)).toEqual([
      'Issues, org-bad: the condition is not valid: there is no field "psso.metod" (did you mean psso.method?); it is skipped.',
    ]);
  });
});

describe('the admin’s changes of an issue', () => {
  const missing = [
    { at: '+1h', companyPortal: null },
    { at: '+5h', end: true },
  ];

  test('set its severity and its words', async () => {
    const replayed = await ofRules(
      { 'company-portal-missing': { Severity: 'low', Title: { en: 'Install our portal' }, Cadence: 'once' } },
      missing,
    );
    expect(opened(replayed)).toContainEqual(['company-portal-missing', 'open', 'low']);
    expect(replayed.notifications[0]?.title).toBe('Install our portal');
    expect(replayed.notifications[0]?.body).toMatch(/^Work sign-in needs the app Company Portal/);
  });

  test('switch it off, or only its notifications', async () => {
    const off = await ofRules({ 'company-portal-missing': { Enabled: false } }, missing);
    expect(opened(off)).not.toContainEqual(['company-portal-missing', 'open', 'high']);
    const silent = await ofRules({ 'company-portal-missing': { Cadence: 'never' } }, missing);
    expect(opened(silent)).toContainEqual(['company-portal-missing', 'open', 'high']);
    expect(silent.notifications.filter(({ issue }) => issue === 'company-portal-missing')).toEqual([]);
  });
});
