import { type NewEvent, newEvent } from '../shared/event.ts';
import type { SyncCycle } from '../shared/history-records.ts';
import type { EpochMs } from '../shared/time.ts';
import type { Detector } from './detector.ts';
import { type Facts, isHealthy } from './facts.ts';
import type { Memory } from './memory.ts';
import type { DetectorResults } from './run-detectors.ts';
import { syncCycleRow } from './sync-cycle-row.ts';

/** Records the prompt in the row of its token cycle, once the prompt issue is open. */
export function recordPrompt(
  { window }: Memory,
  issues: DetectorResults,
  detectors: readonly Detector[],
  settings: { readonly idpPasswordChangedAt: EpochMs | null },
): { memory: Pick<Memory, 'promptPending' | 'window'>; rows: SyncCycle[] } {
  const promptPending = detectors.some(
    (detector) => detector.promptPending === true && issues.sightings[detector.id]?.openedAt != null,
  );
  const prompt = window.cycle?.prompt ?? null;
  if (!promptPending || window.cycle === null || prompt === null || prompt.told)
    return { memory: { promptPending, window }, rows: [] };
  const cycle = { ...window.cycle, prompt: { ...prompt, told: true } };
  return {
    memory: { promptPending, window: { ...window, cycle } },
    rows: [syncCycleRow(cycle, settings, null)],
  };
}

/** What a poll shows of the prompt. `newPassword`: whether one was set since the prompt; null: unknown. */
export type PromptChange =
  | { readonly kind: 'begun' }
  | { readonly kind: 'ended'; readonly newPassword: boolean | null };

/**
 * Null: the prompt neither began nor ended. `passwordRead`: when the local password was last set could be
 * read in this poll. `events`: a password sync proves a new password, also one that was set minutes before
 * the agent saw the prompt.
 */
export function promptChange(
  before: Memory,
  after: Pick<Memory, 'promptPending' | 'passwordLastSetAt'>,
  { passwordRead, events }: { readonly passwordRead: boolean; readonly events: readonly NewEvent[] },
): PromptChange | null {
  if (before.promptPending === after.promptPending) return null;
  if (after.promptPending) return { kind: 'begun' };
  if (events.some(({ kind }) => kind === 'password-synced')) return { kind: 'ended', newPassword: true };
  return { kind: 'ended', newPassword: passwordRead ? isPasswordSetSincePrompt(before, after) : null };
}

/** Null: the time of the prompt is unknown. */
function isPasswordSetSincePrompt(
  before: Memory,
  { passwordLastSetAt }: Pick<Memory, 'passwordLastSetAt'>,
): boolean | null {
  const promptedAt = before.window.cycle?.prompt?.at;
  if (promptedAt === undefined) return null;
  return passwordLastSetAt !== null && passwordLastSetAt >= promptedAt;
}

/** The event of a prompt that began or ended. `facts` are confirmed. */
export function promptEvents(change: PromptChange | null, facts: Facts | null, at: EpochMs): NewEvent[] {
  switch (change?.kind) {
    case undefined:
      return [];
    case 'begun': {
      const summary = 'macOS asks the user for the work password.';
      return [newEvent(at, 'prompt-pending', 'medium', summary, { from: 'clear', to: 'pending' })];
    }
    case 'ended': {
      const { newPassword } = change;
      const states = { from: 'pending', to: 'clear' };
      const summary = clearedText(facts, newPassword);
      return [newEvent(at, 'prompt-cleared', 'info', summary, { ...states, data: { newPassword } })];
    }
  }
}

function clearedText(facts: Facts | null, newPassword: boolean | null): string {
  const cleared = 'macOS no longer asks the user for the work password';
  if (facts === null || !isHealthy(facts)) return `${cleared}.`;
  if (newPassword === null) return `${cleared}. Whether a new password was set is unknown.`;
  return newPassword
    ? `${cleared}. A new local password was set.`
    : `${cleared}. No new local password was set.`;
}
