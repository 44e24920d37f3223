import type { CommandName } from './commands.ts';
import type { Who } from './who.ts';

/** A command and its arguments. */
export type Question = readonly [command: CommandName, args: readonly string[]];

/**
 * Nearly all that `ioreg` prints of the root is one line of some 90,000 characters about the kernel's classes, another one at each look; macOS 26 and 27
 * print it so. Lines are cut here instead: at some 400 characters a session, room for ten of them.
 */
const longestLine = '4096';

/** What a look asks the Mac, one command for each source. The login keychain is asked only once the session is known. */
export const questions = {
  appSso: ['appSso', ['platform', '-s']],
  session: ['ioreg', ['-n', 'Root', '-d1', '-w', longestLine]],
  passwordPolicy: ['pwpolicy', ['-getaccountpolicies']],
  power: ['sysctl', ['kern.boottime', 'kern.sleeptime', 'kern.waketime']],
  network: ['scutil', ['--nwi']],
  macos: ['swVers', ['-productVersion']],
  enrollment: ['profiles', ['status', '-type', 'enrollment']],
} as const satisfies Record<string, Question>;

/** The same without cutting anything, for where the list is longer. */
export const wholeSession: Question = ['ioreg', ['-n', 'Root', '-d1']];

export function accountQuestion({ name }: Who): Question {
  return ['dscl', ['-plist', '.', '-read', `/Users/${name}`, 'accountPolicyData', 'AltSecurityIdentities']];
}

/** What the first look asks in any case. The session first: whether the login keychain is asked waits for it. */
export function firstQuestions(who: Who): Question[] {
  const { session, appSso, ...others } = questions;
  return [session, appSso, accountQuestion(who), ...Object.values(others)];
}
