import type { MacState, Override } from './model.ts';
import { renderAppSso } from './render/app-sso.ts';
import { renderDscl, renderPasswordPolicy } from './render/directory.ts';
import {
  renderAssertions,
  renderCompanyPortal,
  renderGlobalPreferences,
  renderIoreg,
  renderLog,
  renderProfiles,
  renderScutil,
  renderSecurity,
  renderSettings,
  renderSsoProfile,
  renderSwVers,
  renderSysctl,
} from './render/system.ts';

/** The behaviour of a simulated command: it prints and exits, hangs, or does not exist. */
export type Answer =
  | { readonly kind: 'exited'; readonly status: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'hangs' };

export const simulatedCommands = [
  'appSso',
  'dscl',
  'pwpolicy',
  'ioreg',
  'sysctl',
  'swVers',
  'scutil',
  'profiles',
  'security',
  'log',
  'osascript',
] as const;
export type SimulatedCommand = (typeof simulatedCommands)[number];

export function isSimulated(command: string): command is SimulatedCommand {
  return (simulatedCommands as readonly string[]).includes(command);
}

function printed(stdout: string): Answer {
  return { kind: 'exited', status: 0, stdout, stderr: '' };
}

function overridden(override: Override | null, otherwise: () => Answer): Answer {
  if (override === null) return otherwise();
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

/**
 * The answer to one command at this wall clock. Of `args`, only security's first word and ioreg's width
 * count.
 */
export function answerOf(
  mac: MacState,
  command: SimulatedCommand,
  args: readonly string[],
  now: number,
): Answer {
  switch (command) {
    case 'appSso':
      return overridden(mac.appSso, () => printed(renderAppSso(mac, now)));
    case 'dscl':
      return printed(renderDscl(mac));
    case 'pwpolicy':
      return overridden(mac.passwordPolicy, () => printed(renderPasswordPolicy()));
    case 'ioreg':
      return printed(renderIoreg(mac, now, widthIn(args)));
    case 'sysctl':
      return printed(renderSysctl(mac));
    case 'swVers':
      return printed(renderSwVers(mac));
    case 'scutil':
      return printed(renderScutil(mac));
    case 'profiles':
      return printed(renderProfiles(mac));
    case 'security': {
      const search = args[0] ?? '';
      const { workplaceJoin } = mac;
      const nothing: Answer = { kind: 'exited', ...renderSecurity(search) };
      // A scenario's text is what the search for certificates prints.
      if (workplaceJoin !== null && 'text' in workplaceJoin && search !== 'find-certificate') return nothing;
      return overridden(workplaceJoin, () => nothing);
    }
    case 'log':
      return printed(renderLog(mac));
    case 'osascript':
      return printed('');
  }
}

function widthIn(args: readonly string[]): number | null {
  const at = args.indexOf('-w');
  return at === -1 ? null : Number(args[at + 1]);
}

/** The files of this Mac, by absolute path; null: exists and is not readable. */
export function filesOf(mac: MacState): Map<string, Uint8Array | string | null> {
  const files = new Map<string, Uint8Array | string | null>();
  const add = (path: string, content: Uint8Array | string | null) => {
    if (content !== null) files.set(path, content);
  };
  add('/Library/Managed Preferences/com.apple.extensiblesso.plist', renderSsoProfile(mac));
  add('/Library/Managed Preferences/io.github.psso-monitor.plist', renderSettings(mac));
  add(`/Users/${mac.user}/Library/Preferences/.GlobalPreferences.plist`, renderGlobalPreferences());
  add('/Applications/Company Portal.app/Contents/Info.plist', renderCompanyPortal(mac));
  // Only their change stamps are used.
  add('/System/Library/CoreServices/SystemVersion.plist', `${mac.macos}\n`);
  add(`/Users/${mac.user}/Library/Keychains/login.keychain-db`, '\n');
  files.set(`/Users/${mac.user}/Library/DoNotDisturb/DB/Assertions.json`, renderAssertions(mac));
  return files;
}
