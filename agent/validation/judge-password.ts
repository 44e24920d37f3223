import { detailOf } from '../history/history.ts';
import { entryOf } from '../issues/catalogue.ts';
import { durationText } from '../shared/duration-text.ts';
import { macosMajor } from '../shared/macos-major.ts';
import { hour } from '../shared/time.ts';
import type { SyncRow } from '../store/store.ts';
import { awakeSince, failedScenario, type JudgedMac, step } from './judged-mac.ts';
import { failedBy, repairIssues, syncLimit } from './proven.ts';
import type { ValidationStep } from './validation-output.ts';

const limitText = `${syncLimit / hour} hours`;
const syncJudgedBy = ['v_sync', `v_issues: ${failedBy['password-sync'].join(', ')}`];

export function judgePasswordSync(mac: JudgedMac): ValidationStep {
  const id = 'password-sync';
  const stages = mac.sync?.stages ?? [];
  const failed = failedScenario(id, mac);
  if (failed !== null) return { ...failed, stages };
  const { sync, provenAt, value, walk } = mac;
  const at = provenAt[id];
  if (at !== null && sync?.synced != null)
    return step(id, {
      result: 'passed',
      at,
      sentence: syncSentence(sync.synced.row),
      judgedBy: syncJudgedBy,
      stages,
    });
  if (value('password-window') === 'notApplicable')
    return step(id, {
      result: 'not-possible',
      sentence: 'With this sign-in method the work password is not the password of the Mac.',
      judgedBy: ['v_state: password-window'],
    });
  if (walk !== null && awakeSince(walk.startedAt, mac) > syncLimit) return outOfTime(mac, stages);
  return step(id, {
    result: 'not-seen',
    sentence: waitingText(stages),
    judgedBy: syncJudgedBy,
    stages,
    remedy:
      stages.length === 0
        ? [
            'Change the work password on another device, by self-service password reset.',
            `Lock the screen and unlock it, or wait: macOS asks for the new password within ${limitText}.`,
          ]
        : [
            'Type the new password where macOS asks for it, or lock the screen and unlock it with the new one.',
          ],
  });
}

function waitingText(stages: ValidationStep['stages']): string {
  if (stages.length === 0) return 'No new password has reached the Mac.';
  const isAnswered = stages.some(({ id, at }) => id === 'typed' && at !== null);
  return isAnswered
    ? 'macOS no longer asks for the password, and it has not set a new local password.'
    : 'macOS asks for the new password.';
}

function outOfTime(mac: JudgedMac, stages: ValidationStep['stages']): ValidationStep {
  const overdue = entryOf('password-change-window-overdue', mac.provider, mac.organisation)?.admin;
  return step('password-sync', {
    result: 'failed',
    sentence: `No new password reached the Mac within ${limitText} after the walk asked for it.`,
    judgedBy: [...syncJudgedBy, `limit: ${limitText}, without time asleep`],
    stages,
    remedy: [
      'If the password was not changed, change it, and begin again: psso-monitor validate --restart',
      ...(overdue?.steps ?? []),
    ],
  });
}

function syncSentence({ prompted_at, refreshed_at, lag_seconds, active_lag_seconds }: SyncRow): string {
  const prompted = prompted_at === '' ? 'without a prompt' : `prompted ${prompted_at}`;
  const lag =
    lag_seconds === ''
      ? ''
      : `; lag ${durationText(Number(lag_seconds))} (${durationText(Number(active_lag_seconds))} in use)`;
  return `New tokens and the new local password came ${refreshed_at}, ${prompted}${lag}.`;
}

export function judgeRepair(mac: JudgedMac): ValidationStep {
  const id = 'repair';
  const failed = failedScenario(id, mac);
  if (failed !== null) return failed;
  const judgedBy = [
    `v_issues: ${repairIssues.join(', ')}`,
    'v_events: re-registered, registration-completed',
  ];
  const at = mac.provenAt.repair;
  if (at !== null) return step(id, { result: 'passed', at, sentence: repairedText(mac), judgedBy });
  const remedy = repairPath(mac);
  return step(id, { result: 'not-seen', sentence: 'No registration was repaired.', judgedBy, remedy });
}

function repairedText({ history }: JudgedMac): string {
  const event = history.events.findLast(
    ({ kind }) => kind === 're-registered' || kind === 'registration-completed',
  );
  const isOther = event !== undefined && detailOf(event).newRegistration === true;
  return isOther ? 'The Mac was registered again.' : 'A registration was repaired.';
}

/** How this version of macOS repairs a registration; of an unknown version both ways. */
function repairPath({ value, provider, organisation }: JudgedMac): string[] {
  const major = macosMajor(value('macos'));
  const path = (id: string) => entryOf(id, provider, organisation)?.admin.steps[0] ?? '';
  const [repair, deregister] = [path('registration-needs-repair'), path('deregister-reregister-macos13')];
  if (major === null) return [`macOS 14 and later: ${repair}`, `macOS 13: ${deregister}`];
  return [major < 14 ? deregister : repair];
}
