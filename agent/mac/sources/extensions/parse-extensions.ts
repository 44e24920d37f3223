import type { Extensions } from '../../../shared/observation.ts';

/**
 * One extension in the list of `pluginkit -m`: `+    com.example.extension(1.2)`. The sign in front is the
 * user's choice (pluginkit(8)): `+` use, `-` ignore, none: no choice. A superseded version (`=`) does not
 * count where another line has the extension.
 */
export function extensionIn(list: string, identifier: string): Extensions['sso'] {
  const signs = list.split('\n').flatMap((line) => {
    const [, sign = '', name = ''] = /^([+\-!=?]?)[ \t]+(\S+?)(?:\(.*\))?[ \t\r]*$/.exec(line) ?? [];
    return name.toLowerCase() === identifier.toLowerCase() ? [sign] : [];
  });
  const counted = signs.filter((sign) => sign !== '=');
  if (counted.length === 0) return signs.length === 0 ? 'absent' : 'known';
  if (counted.includes('+')) return 'used';
  return counted.every((sign) => sign === '-') ? 'ignored' : 'known';
}
