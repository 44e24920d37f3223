import type { Session } from '../../types/observation.ts';
import { booleanOf, dictionaryOf } from './dictionary.ts';
import { findXmlPlist, PlistError, parseXmlPlist } from './plist-xml.ts';

interface ConsoleUser {
  readonly name: string | null;
  readonly onConsole: boolean;
  readonly locked: boolean;
}

/**
 * The session of one account, from `ioreg -n Root -d1`, as text or (`-a`) as a property list. Null: no console users in
 * it, so nothing is known. An account that is not among several is not at the console; what it would see is locked.
 * While the screen is unlocked `CGSSessionScreenIsLocked` is usually not there at all.
 */
export function parseSession(text: string, account: string): Session | null {
  const listed = text.includes('<plist') ? usersOfPlist(text) : usersOfText(text);
  if (listed === null) return null;
  const users = listed.filter(({ name }) => name !== null);
  // The agent runs in a session of its own: the only one there is must be it, also when macOS lists it by e-mail address
  // instead of short name, as it may after a Platform SSO login (osquery#8009).
  const user = users.find(({ name }) => name === account) ?? (users.length === 1 ? users[0] : undefined);
  if (user === undefined) return { screen: 'locked', console: 'switchedOut' };
  return { screen: user.locked ? 'locked' : 'unlocked', console: user.onConsole ? 'active' : 'switchedOut' };
}

/** `"IOConsoleUsers" = ({"kCGSSessionOnConsoleKey"=Yes,…},{…})`: one dictionary a session. */
function usersOfText(text: string): ConsoleUser[] | null {
  const start = /"IOConsoleUsers"\s*=\s*\(/.exec(text);
  if (start === null) return null;
  const body = text.slice(start.index + start[0].length);
  const end = /\}\s*\)|^\s*\)/.exec(body);
  if (end === null) return null;
  return body
    .slice(0, end.index)
    .split(/\}\s*,\s*\{/)
    .map((entry) => ({
      name: /"kCGSSessionUserNameKey"\s*=\s*"([^"]*)"/.exec(entry)?.[1] ?? null,
      onConsole: isYes(entry, 'kCGSSessionOnConsoleKey'),
      locked: isYes(entry, 'CGSSessionScreenIsLocked'),
    }));
}

function isYes(entry: string, key: string): boolean {
  return new RegExp(`"${key}"\\s*=\\s*(?:yes|true|1)(?![\\w])`, 'i').test(entry);
}

function usersOfPlist(text: string): ConsoleUser[] | null {
  const found = findXmlPlist(text);
  if (found === null) return null;
  const users = dictionaryOf(parsedOrNull(found.xml))?.IOConsoleUsers;
  if (!Array.isArray(users)) return null;
  return users.map((value: unknown) => {
    const user = dictionaryOf(value) ?? {};
    const name = user.kCGSSessionUserNameKey;
    return {
      name: typeof name === 'string' ? name : null,
      onConsole: booleanOf(user.kCGSSessionOnConsoleKey) === true,
      locked: booleanOf(user.CGSSessionScreenIsLocked) === true,
    };
  });
}

function parsedOrNull(xml: string): unknown {
  try {
    return parseXmlPlist(xml);
  } catch (error) {
    if (error instanceof PlistError) return null;
    throw error;
  }
}
