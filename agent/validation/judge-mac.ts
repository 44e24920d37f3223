import { notMet, type Precondition } from '../assess/preconditions.ts';
import { preconditionTexts } from '../history/headline-texts.ts';
import { instantOf } from '../history/history.ts';
import { entryOf } from '../issues/catalogue.ts';
import { day } from '../shared/time.ts';
import {
  failedByIssue,
  failedCheck,
  failedScenario,
  type JudgedMac,
  lastEvent,
  openOf,
  step,
} from './judged-mac.ts';
import { failedBy } from './proven.ts';
import type { ValidationStep } from './validation-output.ts';

const preconditionIssues = [
  'mdm-enrollment-missing',
  'sso-profile-missing',
  'company-portal-missing',
  'company-portal-too-old',
  'registration-token-wrong',
  'sso-payload-misconfigured-10001',
  'sso-payload-conflict-10002',
  'psso-optout-profile-not-removed',
  'macos-too-old',
];
const needed: readonly Precondition[] = [
  'app-installed',
  'mdm-enrolled',
  'profile-installed',
  'method-known',
];
const names: Readonly<Partial<Record<Precondition, string>>> = {
  'app-installed': 'the app of the extension is installed',
  'mdm-enrolled': 'the Mac is enrolled in MDM',
  'profile-installed': 'a profile with Platform SSO is installed',
  'method-known': 'the sign-in method is understood',
};

export function judgePreconditions(mac: JudgedMac): ValidationStep {
  const id = 'preconditions';
  const open = openOf(mac, preconditionIssues);
  if (open !== null) return failedByIssue(id, open, mac);
  const { assessment, isCurrent } = mac;
  const judgedBy = [`v_state: ${needed.join(', ')}`, 'v_issues'];
  const [missing] = notMet(assessment.preconditions).filter((one) => needed.includes(one));
  if (missing !== undefined && isCurrent)
    return step(id, { result: 'failed', sentence: preconditionTexts[missing], judgedBy });
  const unread = needed.filter((one) => assessment.preconditions[one] === 'unknown').map((one) => names[one]);
  if (!isCurrent)
    return step(id, { result: 'unknown', sentence: 'The agent has not polled for a day.', judgedBy });
  if (unread.length > 0)
    return step(id, { result: 'unknown', sentence: `Not known: whether ${unread.join(', ')}.`, judgedBy });
  const sentence = `Fulfilled: ${needed.map((one) => names[one]).join(', ')}.`;
  return step(id, { result: 'passed', at: assessment.knownUntil, sentence, judgedBy });
}

export function judgeRegistration(mac: JudgedMac): ValidationStep {
  const id = 'registration';
  const failed = failedScenario(id, mac);
  if (failed !== null) return failed;
  const { provenAt, isCurrent, value, proofs } = mac;
  const judgedBy = ['v_state: registration, user-state', 'v_events: registration-completed, re-registered'];
  const at = provenAt.registration;
  if (at !== null) {
    const event = lastEvent(mac, ['registration-completed', 're-registered']);
    const isEvent = instantOf(event?.at) === at;
    const sentence = isEvent && event !== null ? event.summary : 'The registration is complete.';
    const before = !isEvent && at < proofs.from ? ' It was complete before the time that counts.' : '';
    return step(id, { result: 'passed', at, sentence: sentence + before, judgedBy });
  }
  const isKnown = isCurrent && !['unknown', 'unclear', ''].includes(value('registration'));
  return isKnown
    ? step(id, { result: 'not-seen', sentence: 'No registration is complete.', judgedBy })
    : step(id, { result: 'unknown', sentence: 'The registration is not known.', judgedBy });
}

export function judgeMigration(mac: JudgedMac): ValidationStep {
  const id = 'migration';
  const failed = failedScenario(id, mac);
  if (failed !== null) return failed;
  const at = mac.provenAt.migration;
  const judgedBy = ['v_events: workplace-join-removed', `v_issues: ${failedBy.migration.join(', ')}`];
  return at === null
    ? step(id, {
        result: 'not-possible',
        sentence:
          'The agent saw no item of an earlier Workplace Join. Only a Mac that had one can show this.',
        judgedBy,
      })
    : step(id, {
        result: 'passed',
        at,
        sentence: 'The leftover of an earlier Workplace Join is gone from the login keychain.',
        judgedBy,
      });
}

/** In the order of the walk: each step before the extension has its own issues. */
const issuesOfOtherSteps = new Set([...preconditionIssues, ...Object.values(failedBy).flat()]);

/** Each open issue that breaks sign-in fails a step; what no other step judges is of the extension. */
export function judgeExtension(mac: JudgedMac): ValidationStep {
  const id = 'extension';
  const others = mac.assessment.open
    .filter(({ issue, breaksSignIn }) => breaksSignIn && !issuesOfOtherSteps.has(issue))
    .map(({ issue }) => issue);
  const open = openOf(mac, ['sso-extension-not-registered-with-pluginkit', ...others]);
  if (open !== null) return failedByIssue(id, open, mac);
  const { assessment, isCurrent, history, from, value } = mac;
  const judgedBy = ['v_state: tokens-present, tokens-valid, sso-extension', 'v_sync: stale_from', 'v_issues'];
  const { 'tokens-present': present, 'tokens-valid': valid } = assessment.preconditions;
  if (!isCurrent || present !== 'yes' || valid === 'no')
    return present === 'no' && isCurrent
      ? step(id, { result: 'not-seen', sentence: 'macOS has received no sign-in tokens yet.', judgedBy })
      : step(id, {
          result: 'unknown',
          sentence: 'When macOS received sign-in tokens is not known.',
          judgedBy,
        });
  const received = history.sync.map(({ stale_from, refreshed_at }) => refreshed_at || stale_from);
  const times = [...received, value('last-confirmed-good')].map(instantOf).filter((at) => at !== null);
  const at = times.length === 0 ? null : Math.max(...times);
  const before = at !== null && at < from ? ' That was before the time that counts.' : '';
  const isListed = value('sso-extension') === 'used' || value('sso-extension') === 'known';
  const listed = isListed ? ' macOS lists the extension of Company Portal.' : '';
  const sentence = `macOS received sign-in tokens through the extension.${before}${listed}`;
  return step(id, { result: 'passed', at: at ?? assessment.knownUntil, sentence, judgedBy });
}

/** The AutoFill extension of Company Portal offers the key of Platform SSO as a passkey. */
export function judgeAutofill(mac: JudgedMac): ValidationStep {
  const id = 'autofill';
  const issue = 'passkey-provider-disabled';
  if (openOf(mac, [issue]) !== null) return failedByIssue(id, issue, mac);
  const { value, provider, isCurrent, assessment } = mac;
  const judgedBy = ['v_state: autofill, method', `v_issues: ${issue}`];
  const is = value('autofill');
  if (is === 'used' && isCurrent) {
    const sentence = 'Company Portal is turned on for AutoFill.';
    return step(id, { result: 'passed', at: assessment.knownUntil, sentence, judgedBy });
  }
  if (provider !== 'entra' || value('method') !== 'secureEnclaveKey')
    return step(id, {
      result: 'not-possible',
      sentence: 'Only the Secure Enclave key of Company Portal is offered by AutoFill, as a passkey.',
      judgedBy,
    });
  if (is === 'absent')
    return step(id, {
      result: 'not-possible',
      judgedBy,
      sentence: 'macOS lists no AutoFill extension of Company Portal.',
    });
  if (is === '' || !isCurrent)
    return step(id, { result: 'unknown', sentence: 'The list of extensions is not known.', judgedBy });
  const remedy = [...(entryOf(issue, provider, mac.organisation)?.admin.steps ?? [])];
  const sentence = 'Company Portal is not turned on for AutoFill yet.';
  return step(id, { result: 'not-seen', sentence, judgedBy, remedy });
}

export function judgeNotification(mac: JudgedMac): ValidationStep {
  const id = 'notification';
  const judgedBy = ['v_events: notification-shown, notification-failed'];
  const event = lastEvent(mac, ['notification-shown', 'notification-failed']);
  const failed = failedCheck(mac, 'notices');
  if (failed !== undefined)
    return step(id, {
      result: 'failed',
      sentence: failed.message,
      judgedBy: ['doctor: notices'],
      remedy: failed.next === null ? [] : [failed.next],
    });
  if (event !== null) {
    const result = event.kind === 'notification-shown' ? 'passed' : 'failed';
    const remedy = result === 'passed' ? [] : ['psso-monitor notify --test', 'psso-monitor doctor'];
    return step(id, { result, at: instantOf(event.at), sentence: event.summary, judgedBy, remedy });
  }
  const check = mac.walk?.checks.find((one) => one.id === 'notices');
  const channel = check === undefined ? '' : ` ${check.message}`;
  return step(id, {
    result: 'not-seen',
    sentence: `No notification was due.${channel}`,
    judgedBy: check === undefined ? judgedBy : [...judgedBy, 'doctor: notices'],
    remedy: ['Try the channel: psso-monitor notify --test'],
  });
}

export function judgeAgent(mac: JudgedMac): ValidationStep {
  const id = 'agent';
  const { assessment, isCurrent } = mac;
  const at = assessment.knownUntil;
  const failed = failedCheck(mac, 'running');
  if (failed !== undefined)
    return step(id, {
      result: 'failed',
      at,
      sentence: failed.message,
      judgedBy: ['doctor: running'],
      remedy: failed.next === null ? [] : [failed.next],
    });
  const judgedBy = ['agent.json: last poll', 'v_events: agent-crashed'];
  const remedy = ['psso-monitor doctor'];
  if (!isCurrent)
    return step(id, {
      result: 'failed',
      at,
      sentence: 'The agent has not polled for a day.',
      judgedBy,
      remedy,
    });
  const crash = lastEvent({ ...mac, from: Math.max(mac.from, lastDay(mac)) }, ['agent-crashed']);
  if (crash !== null)
    return step(id, {
      result: 'failed',
      at: instantOf(crash.at),
      sentence: crash.summary,
      judgedBy,
      remedy,
    });
  const sentence = 'The agent polls, and it has not crashed in the last day.';
  return step(id, { result: 'passed', at, sentence, judgedBy });
}

const lastDay = ({ assessment, now }: JudgedMac) => (assessment.knownUntil ?? now) - day;
