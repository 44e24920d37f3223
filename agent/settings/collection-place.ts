/**
 * Where `scripts/collect/collect.sh` sends the histories of a Mac: an address for HTTPS PUT, or a folder of
 * a mounted share. The script makes the same check, since it reads the setting without this program.
 */

export const longestPlace = 2000;

/** What a shell, a configuration of curl and an HTTP request read as one word. */
const plain = /^[A-Za-z0-9\-._~:/?@&+,;=%]*$/;

/** Why this is no place for histories, as a clause; null: it is one. Quotes no other part than the scheme. */
export function placeMistake(place: string): string | null {
  const [, scheme, rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]{0,30}):(.*)$/s.exec(place) ?? [];
  if (scheme === undefined) return 'a text without a scheme; it begins with https:// or file:///Volumes/';
  if (scheme === 'http') return 'a link of the scheme http, which sends the histories without encryption';
  if (scheme !== 'https' && scheme !== 'file')
    return `a link of the scheme ${scheme}, which is refused; it begins with https:// or file:///Volumes/`;
  if (place.length > longestPlace) return `a link of more than ${longestPlace} characters`;
  if (!plain.test(rest)) return 'a link with characters that must be written as %XX';
  return scheme === 'https' ? addressMistake(place, rest) : folderMistake(rest);
}

function addressMistake(place: string, rest: string): string | null {
  const host = /^\/\/([^/?]*)/.exec(rest)?.[1] ?? '';
  if (host.includes('@')) return 'a link with a name or a password; the file curl.conf is for these';
  if (host === '' || URL.parse(place) === null) return 'a link without a host';
  return null;
}

function folderMistake(rest: string): string | null {
  if (!/^\/\/\/Volumes\/[^/?]/.test(rest)) return 'a folder outside of /Volumes, which is no mounted share';
  if (/%(?!20)|\?|\/\.\.?(?:\/|$)/.test(rest))
    return 'a folder with characters that the collector does not take (of %XX only %20)';
  return null;
}
