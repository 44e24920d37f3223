import type { Extensions } from '../../../shared/observation.ts';
import { companyPortalExtensions } from '../company-portal/company-portal-extensions.ts';

/** The sign, and the identifier before its version. */
const listed = /^([+\-!=?]?)[ \t]+(\S+?)(?:\(.*\))?[ \t\r]*$/;
const listedWithVersion = /^[+\-!=?]?[ \t]+[\w-]+(?:\.[\w-]+)+\(/m;

/**
 * The extensions of Company Portal in the output of `pluginkit -m`. Null: another text. The list of a Mac is
 * never empty, because macOS has extensions of its own.
 */
export function parseExtensions(list: string): Extensions | null {
  if (!listedWithVersion.test(list)) return null;
  const { sso, autoFill } = companyPortalExtensions;
  return { sso: extensionIn(list, sso), autoFill: extensionIn(list, autoFill) };
}

/**
 * One extension in the list of `pluginkit -m`: `+    com.example.extension(1.2)`. The sign in front is the
 * user's choice (pluginkit(8)): `+` use, `-` ignore, none: no choice. A superseded version (`=`) does not
 * count where another line has the extension.
 */
export function extensionIn(list: string, identifier: string): Extensions['sso'] {
  const signs = list.split('\n').flatMap((line) => {
    const [, sign = '', name = ''] = listed.exec(line) ?? [];
    return name.toLowerCase() === identifier.toLowerCase() ? [sign] : [];
  });
  const counted = signs.filter((sign) => sign !== '=');
  if (counted.length === 0) return signs.length === 0 ? 'absent' : 'known';
  if (counted.includes('+')) return 'used';
  return counted.every((sign) => sign === '-') ? 'ignored' : 'known';
}
