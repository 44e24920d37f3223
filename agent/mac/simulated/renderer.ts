import type { CommandName } from '../commands.ts';
import type { MacState, Override } from './model.ts';

/** The behaviour of a simulated command: it prints and exits, hangs, or does not exist. */
export type Answer =
  | { readonly kind: 'exited'; readonly status: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'hangs' };

/** The answer to a command at this wall clock, in milliseconds. */
export type AnswerAt = (now: number) => Answer;

/** A file that exists and can't be read, as without Full Disk Access. */
export const unreadable = Symbol('unreadable');

/** Null: the file does not exist. */
type FileContent = Uint8Array | string | null | typeof unreadable;

/** The notification programs that a simulated Mac can have beside osascript. */
export const notifiers = ['dialog', 'ibmNotifier'] as const satisfies readonly CommandName[];
export type Notifier = (typeof notifiers)[number];

/** The commands that every simulated Mac can have. */
export type SimulatedCommand = Exclude<CommandName, 'launchctl' | Notifier>;

/** What the simulated Mac prints and holds of one source. */
export interface Renderer {
  readonly command?: SimulatedCommand;
  /** Renders once what does not depend on the time: a replay asks the same Mac in each poll. */
  readonly answer?: (mac: MacState, args: readonly string[]) => AnswerAt;
  /** By absolute path. */
  readonly files?: (mac: MacState) => readonly (readonly [path: string, content: FileContent])[];
}

export function printed(stdout: string): Answer {
  return { kind: 'exited', status: 0, stdout, stderr: '' };
}

/** The same answer at any time. */
export function always(answer: Answer): AnswerAt {
  return () => answer;
}

/** The answer that a scenario gives instead of the model's. */
export function overridden(override: Override | null, otherwise: () => AnswerAt): AnswerAt {
  return override === null ? otherwise() : always(answerOf(override));
}

function answerOf(override: Override): Answer {
  if ('text' in override) return printed(override.text);
  switch (override.fail) {
    case 'missing':
      return { kind: 'missing' };
    case 'timeout':
      return { kind: 'hangs' };
    case 'exit':
      return { kind: 'exited', status: 1, stdout: '', stderr: 'simulated failure\n' };
  }
}
