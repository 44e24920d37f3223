import type { CommandName } from '../../mac/commands.ts';
import type { CommandOutcome, Runner } from '../../mac/runner.ts';
import type { ChannelProgram } from '../../shared/channel-names.ts';
import type { Notification } from '../notifier.ts';

/** `absent`: the program is not installed, so the next channel is tried. */
export type ChannelOutcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * The part of a channel in the profile that allows its notifications (pkg-build/profiles/notifications.ts).
 */
export interface ChannelProfile {
  /** The file is `notifications-NAME.mobileconfig`. */
  readonly name: string;
  /** The name under which macOS shows the notifications. */
  readonly shownAs: string;
  readonly bundles: readonly string[];
  readonly remark: string;
}

/**
 * A program that shows notifications. The text is an argument of the program, never part of a script or of a
 * shell command.
 */
export interface Channel {
  readonly name: ChannelProgram;
  readonly command: CommandName;
  readonly profile: ChannelProfile;
  /** One sentence for the admin: what happens when the user clicks a notification. */
  readonly click: string;
  show(runner: Runner, notification: Notification): Promise<ChannelOutcome>;
  /** Withdraws a notification, where the program can. */
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
      return { kind: 'failed', reason: `${program} still shows another notification` };
  }
}

/**
 * Protects a value such as `-remove` from a program that reads it as an option: a word joiner in front has no
 * width and no meaning, and the value no longer begins with a dash.
 */
export function notAnOption(text: string): string {
  return text.startsWith('-') ? `\u2060${text}` : text;
}
