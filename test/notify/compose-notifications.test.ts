import { describe, expect, test } from 'vitest';
import type { OpenIssue } from '../../agent/detect/run-detectors.ts';
import {
  type ComposeInput,
  composeNotifications,
  notificationRule,
} from '../../agent/notify/compose-notifications.ts';
import { emptyPolicyMemory } from '../../agent/notify/policy-memory.ts';
import { effectiveSettings } from '../../agent/settings/settings.ts';
import { failed, read } from '../../agent/shared/reading.ts';
import { de } from '../../agent/texts/de.ts';
import { en } from '../../agent/texts/en.ts';

const now = Date.parse('2026-03-02T10:00:00Z');
const open = (issue: string, more: Partial<OpenIssue> = {}): OpenIssue => ({
  issue,
  openedAt: now - 3_600_000,
  severity: 'high',
  activeSeconds: 3_600,
  evidence: {},
  ...more,
});

const nothing = failed('off', 'not asked');
const observation: ComposeInput['observation'] = {
  at: '2026-03-02T10:00:00Z',
  monotonic: 0,
  appSso: nothing,
  account: nothing,
  passwordPolicy: nothing,
  session: read({ screen: 'unlocked', console: 'active' }),
  power: nothing,
  network: nothing,
  focus: nothing,
  macos: nothing,
  companyPortal: nothing,
  oktaVerify: nothing,
  ssoProfile: nothing,
  enrollment: nothing,
  workplaceJoin: nothing,
  screenUnlock: nothing,
  chromeHost: nothing,
  extensions: nothing,
  passwordTools: nothing,
  fileVault: nothing,
  systemIntegrity: nothing,
  fingerprints: nothing,
  smartCards: nothing,
  hosts: nothing,
};

function tell(more: Partial<ComposeInput>) {
  return composeNotifications({
    now,
    observation,
    detected: { open: [], resolved: [], state: { headline: 'ok' } },
    policyMemory: emptyPolicyMemory(),
    silences: {},
    settings: effectiveSettings([]).values,
    texts: en,
    ...more,
  });
}

describe('the composed notifications', () => {
  test('stricter password rules alone concern the admin; with a password that does not arrive, the user too', () => {
    const rules = open('passcode-policy-complexity-mismatch', { evidence: { stricter: ['minLength'] } });
    expect(notificationRule(rules, [rules]).notify).toBe(false);
    expect(notificationRule(rules, [rules, open('password-change-window-overdue')]).notify).toBe(true);
    const fresh = open('password-change-window-overdue', { activeSeconds: 600 });
    expect(notificationRule(rules, [rules, fresh]).notify).toBe(false);
    // Rules that can't be compared may not be stricter.
    const unknown = open('passcode-policy-complexity-mismatch', { evidence: { stricter: [] } });
    expect(notificationRule(unknown, [unknown, open('password-change-window-overdue')]).notify).toBe(false);
  });

  test('a user who may not be meant to register is asked only after hours of use', () => {
    const second = open('psso-not-registered', { evidence: { registration: 'device' } });
    expect(notificationRule(second, [second]).notifyAfterSeconds).toBe(4 * 3_600);
    const first = open('psso-not-registered', { evidence: { registration: 'none' } });
    expect(notificationRule(first, [first]).notifyAfterSeconds).toBeUndefined();
  });

  test('names the helpdesk, and opens its page where no pane helps', () => {
    const { organisation } = effectiveSettings([
      {
        origin: 'managed',
        entries: { HelpdeskName: 'Contoso IT', HelpdeskURL: 'https://help.contoso.com/' },
      },
    ]);
    const shown = (issue: string) =>
      tell({ detected: { open: [open(issue)], resolved: [], state: {} }, organisation }).notifications[0]
        ?.notification;
    expect(shown('wpj-key-not-removed-after-migration')).toMatchObject({
      body: 'It may cause extra sign-in requests. Please tell Contoso IT; you don’t need to delete anything yourself.',
      opens: 'https://help.contoso.com/',
    });
    expect(shown('registration-needs-repair')?.opens).toMatch(/^x-apple\.systempreferences:/);
    expect(shown('sso-tokens-missing')?.body).toMatch(/ Help: Contoso IT, https:\/\/help\.contoso\.com\/\.$/);
  });

  test('speaks the chosen language, and puts the value in that would do', () => {
    const issues = [
      open('passcode-policy-complexity-mismatch', {
        evidence: { stricter: ['minLength'], minLength: 14 },
        severity: 'high',
      }),
      open('password-change-prompt-pending', { severity: 'medium' }),
    ];
    const detected = { open: issues, resolved: [], state: { headline: 'needs-attention' } };
    expect(tell({ detected }).notifications[0]?.notification.body).toContain('14 characters');
    expect(tell({ detected, texts: de }).notifications[0]?.notification.body).toContain('14 Zeichen');
  });

  test('a solved notification is composed only when sign-in works again', () => {
    const policyMemory = tell({
      detected: {
        open: [open('registration-needs-repair')],
        resolved: [],
        state: { headline: 'needs-attention' },
      },
    }).policyMemory;
    const resolved = [{ issue: 'registration-needs-repair', openedAt: now - 3_600_000 }];
    const resolvedWith = (headline: string, window = 'fresh') =>
      tell({
        now: now + 600_000,
        policyMemory,
        detected: {
          open: [],
          resolved,
          state: {
            headline,
            'app-sso': headline === 'ok' ? 'registered' : 'notConfigured',
            'password-window': window,
          },
        },
      });
    expect(resolvedWith('ok').notifications.map((notified) => notified.purpose)).toEqual(['solved']);
    expect(resolvedWith('ok').withdraw).toEqual(['registration-needs-repair']);
    expect(resolvedWith('not-configured').notifications).toEqual([]);
    expect(resolvedWith('ok', 'due').notifications).toEqual([]);
    expect(resolvedWith('not-configured').withdraw).toEqual(['registration-needs-repair']);
  });

  test('a silenced issue is recorded as not shown, and why', () => {
    const { notifications, events } = tell({
      detected: { open: [open('sso-tokens-expired')], resolved: [], state: { headline: 'needs-attention' } },
      silences: { 'sso-tokens-expired': now + 1 },
    });
    expect(notifications.map((one) => one.suppressed)).toEqual(['silenced']);
    const { title, body } = notifications[0]?.notification ?? {};
    expect(events).toEqual([
      {
        at: now,
        kind: 'notification-suppressed',
        issue: 'sso-tokens-expired',
        severity: 'info',
        summary: `Not shown (silenced): “${title}”`,
        from: null,
        to: 'silenced',
        data: expect.objectContaining({ purpose: 'problem', reason: 'silenced', title, body }),
      },
    ]);
  });
});
