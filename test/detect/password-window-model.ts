import type { ElapsedTime } from '../../agent/detect/elapsed-time.ts';
import type { Facts } from '../../agent/detect/facts.ts';
import { advanceWindow, type WindowInput } from '../../agent/detect/password-window.ts';
import type { WindowMemory } from '../../agent/detect/window-memory.ts';
import type { NewEvent } from '../../agent/shared/event.ts';
import type { SyncCycle } from '../../agent/shared/history-records.ts';
import type { Method } from '../../agent/shared/observation.ts';

export const begin = Date.parse('2026-03-02T08:00:00Z');

function registered(method: Method, state: 0 | 1, receivedAt: number): Facts {
  return {
    registration: 'complete',
    device: { configuredAt: null, deviceId: null, exempt: false, method },
    user: { state, name: null },
    method,
    tokens: { receivedAt, expiresAt: null, expired: false },
  };
}

/** The use of a Mac from a time until the next entry. Times are real milliseconds from the start. */
export interface Use {
  readonly at: number;
  readonly awake?: boolean;
  readonly unlocked?: boolean;
  readonly online?: boolean;
  readonly receivedAt?: number;
  readonly method?: Method;
  readonly userState?: 0 | 1;
}

interface Now {
  awake: boolean;
  unlocked: boolean;
  online: boolean;
  receivedAt: number;
  method: Method;
  userState: 0 | 1;
}

function useAt(uses: readonly Use[], at: number): Now {
  const now: Now = {
    awake: true,
    unlocked: true,
    online: true,
    receivedAt: 0,
    method: 'password',
    userState: 0,
  };
  for (const use of uses) {
    if (use.at > at) break;
    Object.assign(now, use);
  }
  return now;
}

/** Polls the model every `every` milliseconds while it is awake, and collects the results of the window. */
export function live(
  uses: readonly Use[],
  until: number,
  every: number,
  idpPasswordChangedAt: number | null = null,
): { events: NewEvent[]; rows: SyncCycle[]; memory: WindowMemory; phases: string[] } {
  let memory: WindowMemory = { phase: 'unknown', cycle: null };
  const events: NewEvent[] = [];
  const rows: SyncCycle[] = [];
  const phases: string[] = [];
  let lastAt: number | null = null;
  let lastActive = false;
  let lastUnlocked = true;
  for (let at = 0; at <= until; at += every) {
    const now = useAt(uses, at);
    if (!now.awake) continue;
    const active = now.unlocked && now.online;
    const total = lastAt === null ? 0 : at - lastAt;
    const slept = total > every;
    const elapsedTime: ElapsedTime = {
      total,
      awake: slept ? 0 : total,
      slept,
      rebooted: false,
      clockShift: 0,
      newRun: false,
    };
    const input: WindowInput = {
      now: begin + at,
      elapsedTime,
      facts: registered(now.method, now.userState, begin + now.receivedAt),
      wasActive: lastActive,
      active,
      unlockedOnline: now.unlocked && !lastUnlocked && now.online,
      passwordSetAt: null,
      idpPasswordChangedAt,
    };
    const output = advanceWindow(memory, input);
    memory = output.memory;
    events.push(...output.events);
    rows.push(...output.rows);
    phases.push(memory.phase);
    lastAt = at;
    lastActive = active;
    lastUnlocked = now.unlocked;
  }
  return { events, rows, memory, phases };
}
