import type { TokenVariable } from '../../../shared/observation.ts';
import { guidShape } from '../../parse/guid.ts';

/** A name in a variable: `deviceregistration`, `Device.Serial Number`. */
const name = String.raw`[A-Za-z_](?:[\w .:-]{0,98}\w)?`;

/**
 * The forms of the variables of MDMs, such as Intune `{{…}}`, Jamf Pro and Fleet `$NAME`, Jamf School
 * `%Name%`, Workspace ONE `{Name}`. A registration token is base64, a JWT or a GUID: it has no such form.
 */
const forms: readonly (readonly [TokenVariable, RegExp])[] = [
  ['doubleBraces', /\{\{|\}\}/],
  ['dollar', new RegExp(String.raw`^\$(?:${name}|\{${name}\})\$?$`)],
  ['dollar', /\$\{[A-Za-z_]|\$[A-Z][A-Z0-9]*_[A-Z]/],
  ['percent', new RegExp(`^%+${name}%+$`)],
  ['braces', new RegExp(`^\\{[!%]?${name}%?\\}$`)],
  ['dollar', new RegExp(String.raw`^\$[([]${name}[)\]]$`)],
  ['percent', new RegExp(`^%[({]${name}[)}]s?$`)],
  [
    'placeholder',
    new RegExp(
      String.raw`^(?:<+${name}>+|«${name}»|\[+${name}\]+|@+${name}@+|#+${name}#+|#\{${name}\}|__${name}__)$`,
    ),
  ],
  ['placeholder', /^(?:your|insert|enter|replace|change|paste|add|put)[ _-][\w .-]{1,98}$/i],
  ['placeholder', /^[\w .-]{1,90}[ _-]here$/i],
  [
    'placeholder',
    /^(?:replace|change|fill|fix)[ _-]?me$|^(?:todo|tbd|n\/a|none|null|placeholder)$|^[x-]{3,}$/i,
  ],
  ['placeholder', /^(?:device[ _-]?registration|(?:device[ _-]?)?(?:registration[ _-]?)?token)$/i],
];
const guid = new RegExp(`^\\{?${guidShape}\\}?$`, 'i');

/** The form of the variable or placeholder that a registration token still is; null: it looks filled in. */
export function variableOf(token: string): TokenVariable | null {
  const text = token.trim();
  if (guid.test(text)) return null;
  return forms.find(([, form]) => form.test(text))?.[0] ?? null;
}
