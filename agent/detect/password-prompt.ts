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

/**
 * The events of a prompt that began or ended. `unreadPassword`: when the local password was last set could
 * not be read in this poll.
 */
export function promptEvents(
  before: Memory,
  after: Memory,
  at: EpochMs,
  unreadPassword: boolean,
): NewEvent[] {
  if (before.promptPending === after.promptPending) return [];
  if (!before.promptPending) {
    const summary = 'macOS asks the user for the work password.';
    return [newEvent(at, 'prompt-pending', 'medium', summary, { from: 'clear', to: 'pending' })];
  }
  const newPassword = unreadPassword ? null : isPasswordSetSincePrompt(before, after);
  return [
    newEvent(at, 'prompt-cleared', 'info', clearedText(after.facts, newPassword), {
      from: 'pending',
      to: 'clear',
      data: { newPassword },
    }),
  ];
}

/** Null: the time of the prompt is unknown. */
function isPasswordSetSincePrompt(before: Memory, { passwordLastSetAt }: Memory): boolean | null {
  const promptedAt = before.window.cycle?.prompt?.at;
  if (promptedAt === undefined) return null;
  return passwordLastSetAt !== null && passwordLastSetAt >= promptedAt;
}

function clearedText(facts: Facts | null, newPassword: boolean | null): string {
  const cleared = 'macOS no longer asks the user for the work password';
  if (facts === null || !isHealthy(facts)) return `${cleared}.`;
  if (newPassword === null) return `${cleared}. Whether a new password was set is unknown.`;
  return newPassword
    ? `${cleared}. A new local password was set.`
    : `${cleared}. No new local password was set.`;
}
