import type { CommandOutcome, Runner } from '../../mac/runner.ts';
import type { ChannelName } from '../../shared/channel-names.ts';
import type { Notification } from '../notifier.ts';

/** `absent`: the program isn't installed, so the next channel is tried. */
export type ChannelOutcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly reason: string };

/** One way to show a notice. The text is an argument of the program, never part of a script or a shell's line. */
export interface Channel {
  readonly name: ChannelName;
  show(runner: Runner, notification: Notification): Promise<ChannelOutcome>;
  /** Takes a notice back, where the program can. */
  withdraw?(runner: Runner, identifier: string): Promise<void>;
}

export function channelOutcome(program: string, outcome: CommandOutcome): ChannelOutcome {
  switch (outcome.kind) {
    case 'exited':
      return outcome.status === 0
        ? { kind: 'taken' }
        : { kind: 'failed', reason: `${program} ended with status ${outcome.status}` };
    case 'missing':
      return { kind: 'absent' };
    case 'signalled':
      return { kind: 'failed', reason: `${program} was ended by ${outcome.signal}` };
    case 'timeout':
      return { kind: 'failed', reason: `${program} did not answer in time` };
    case 'denied':
      return { kind: 'failed', reason: `${program} may not be run` };
    case 'tooMuchOutput':
      return { kind: 'failed', reason: `${program} printed too much` };
    case 'busy':
      return { kind: 'failed', reason: `${program} still shows another notice` };
  }
}

/**
 * For programs that would take a value such as `-remove` for an option of theirs: a word joiner in front has no width and
 * no meaning, and the value no longer begins with a dash.
 */
export function notAnOption(text: string): string {
  return text.startsWith('-') ? `\u2060${text}` : text;
}
