import type { Session } from '../../../shared/observation.ts';
import { booleanOf, dictionaryOf } from '../../parse/dictionary.ts';
import { dictionaryOfXml } from '../../parse/plist-dictionary.ts';
import { findXmlPlist } from '../../parse/plist-xml.ts';

interface ConsoleUser {
  readonly name: string | null;
  /** Null: unknown. */
  readonly onConsole: boolean | null;
  readonly locked: boolean | null;
}

interface ConsoleUsers {
  readonly users: readonly ConsoleUser[];
  /** False: the list was cut, and the other sessions in it are unknown. */
  readonly complete: boolean;
}

/**
 * The session of one account, from `ioreg -n Root -d1`, as text or (`-a`) as a property list. Null: unknown,
 * because there are no console users in it, the list was cut before the account, or a switch has another
 * value than yes or no. An account that is not among several sessions is switched out and counts as locked.
 * While the screen is unlocked, `CGSSessionScreenIsLocked` is usually absent.
 */
export function parseSession(text: string, account: string): Session | null {
  const listed = text.includes('<plist') ? usersOfPlist(text) : usersOfText(text);
  if (listed === null) return null;
  const users = listed.users.filter(({ name }) => name !== null);
  // The agent runs in its own session. A single session must be it, also when macOS lists it by e-mail
  // address or under the former name.
  const only = listed.complete && users.length === 1 ? users[0] : undefined;
  // macOS compares short names in lower case.
  const same = account.toLowerCase();
  const user = users.find(({ name }) => name?.toLowerCase() === same) ?? only;
  if (user === undefined) return listed.complete ? { screen: 'locked', console: 'switchedOut' } : null;
  const { locked, onConsole } = user;
  if (locked === null || onConsole === null) return null;
  return { screen: locked ? 'locked' : 'unlocked', console: onConsole ? 'active' : 'switchedOut' };
}

/** The short name of the user at the console, from the same output. Null: no user, or it is unknown. */
export function parseConsoleUser(text: string): string | null {
  const listed = text.includes('<plist') ? usersOfPlist(text) : usersOfText(text);
  return listed?.users.find(({ onConsole }) => onConsole === true)?.name ?? null;
}

/** Where `"IOConsoleUsers" = ({"kCGSSessionOnConsoleKey"=Yes,…},{…})` begins. */
const listStart = /"IOConsoleUsers"\s*=\s*\(/;

/** One dictionary a session. Of a list that `ioreg` cut short, the dictionaries that are whole. */
function usersOfText(text: string): ConsoleUsers | null {
  const start = listStart.exec(text);
  if (start === null) return null;
  const { list, texts } = withoutTexts(text.slice(start.index + start[0].length));
  // A line that was cut ends with a dollar sign; what looks like the end of the list is then within a name
  // that was cut.
  const wasCut = /^[^\n]*\$(?:\n|$)/.test(list);
  const end = wasCut ? null : /\}\s*\)|^\s*\)/.exec(list);
  const entries = (end === null ? list : list.slice(0, end.index)).split(/\}\s*,\s*\{/);
  const whole = end === null ? entries.slice(0, -1) : entries;
  return { users: whole.map((entry) => userOf(entry, texts)), complete: end !== null };
}

/**
 * The list with each text value replaced by its number: a bracket in a user name is not part of the list
 * syntax. `ioreg` does not escape a quote within a text, so a text ends at the first quote on its line that
 * the list can continue after. Each character is searched once, for any text.
 */
function withoutTexts(printed: string): { readonly list: string; readonly texts: readonly string[] } {
  const opening = /=\s*"/g;
  const closing = finder(printed, /"(?=\s*[,}])/g);
  const lineEnd = finder(printed, /[\n\r\u2028\u2029]/g);
  const texts: string[] = [];
  let list = '';
  let copied = 0;
  while (opening.test(printed)) {
    const from = opening.lastIndex;
    const to = closing(from);
    if (to === printed.length) break;
    if (lineEnd(from) < to) continue;
    list += `${printed.slice(copied, from)}${texts.length}`;
    texts.push(printed.slice(from, to));
    copied = to;
    opening.lastIndex = to + 1;
  }
  return { list: list + printed.slice(copied), texts };
}

/** Finds the first match at or after a position; positions must not go down. The text's length: none. */
function finder(text: string, shape: RegExp): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) {
      shape.lastIndex = from;
      found = shape.exec(text)?.index ?? text.length;
    }
    return found;
  };
}

function userOf(entry: string, texts: readonly string[]): ConsoleUser {
  const name = /"kCGSSessionUserNameKey"\s*=\s*"(\d+)"/.exec(entry)?.[1];
  return {
    name: name === undefined ? null : (texts[Number(name)] ?? null),
    onConsole: switchIn(entry, 'kCGSSessionOnConsoleKey'),
    locked: switchIn(entry, 'CGSSessionScreenIsLocked'),
  };
}

/** No, where the key is absent; null: another value. */
function switchIn(entry: string, key: string): boolean | null {
  const value = new RegExp(`"${key}"\\s*=\\s*([^,}]*)`).exec(entry)?.[1]?.trim();
  if (value === undefined || /^(?:no|false|0)$/i.test(value)) return false;
  return /^(?:yes|true|1)$/i.test(value) ? true : null;
}

function usersOfPlist(text: string): ConsoleUsers | null {
  const found = findXmlPlist(text);
  if (found === null) return null;
  const users = dictionaryOfXml(found.xml)?.IOConsoleUsers;
  if (!Array.isArray(users)) return null;
  const named = users.map((value: unknown) => {
    const user = dictionaryOf(value) ?? {};
    const name = user.kCGSSessionUserNameKey;
    return {
      name: typeof name === 'string' ? name : null,
      onConsole: booleanOf(user.kCGSSessionOnConsoleKey ?? false),
      locked: booleanOf(user.CGSSessionScreenIsLocked ?? false),
    };
  });
  return { users: named, complete: true };
}
