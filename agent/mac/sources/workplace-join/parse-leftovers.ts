import type { WorkplaceJoin } from '../../../shared/observation.ts';
import { guidShape } from '../../parse/guid.ts';

export type Leftover = WorkplaceJoin['leftovers'][number];

/** The account name of the generic password that Workplace Join keeps its certificate's thumbprint in. */
export const thumbprintAccount = 'com.microsoft.workplacejoin.thumbprint';

const issuer = 'MS-ORGANIZATION-ACCESS';
const deviceId = new RegExp(`\\b${guidShape}\\b`, 'i');

/**
 * The certificates among `security find-certificate -a -Z KEYCHAIN` that Entra's device registration issued,
 * with their device ID (the subject's common name). An item starts with its `keychain:` line; a name is
 * printed as text where it is plain ASCII, else as hexadecimal DER followed by text with octal escapes.
 * Everything else stays here.
 */
export function parseCertificates(text: string): Leftover[] {
  return text
    .split(/^(?=keychain:)/m)
    .map((item) => item.split(/^(?=[ \t]*"[a-z]{4}"<)/m))
    .filter((attributes) => attributes.some((line) => isAttribute(line, 'issu') && namesIssuer(line)))
    .map((attributes) => ({ kind: 'certificate', deviceId: deviceIdOf(attributes) }));
}

/** What `security find-generic-password -a ACCOUNT KEYCHAIN` found; null: not the attributes of that item. */
export function parseThumbprint(text: string): Leftover[] | null {
  const found = text
    .split(/\r?\n/)
    .some((line) => isAttribute(line, 'acct') && line.includes(thumbprintAccount));
  return found ? [{ kind: 'thumbprint', deviceId: null }] : null;
}

function isAttribute(line: string, name: string): boolean {
  return new RegExp(`^[ \\t]*"${name}"<`).test(line);
}

function namesIssuer(attribute: string): boolean {
  return readable(attribute).some((text) => text.toUpperCase().includes(issuer));
}

function deviceIdOf(attributes: readonly string[]): string | null {
  for (const name of ['labl', 'alis', 'subj']) {
    for (const attribute of attributes.filter((line) => isAttribute(line, name))) {
      for (const text of readable(attribute)) {
        const match = deviceId.exec(text);
        if (match !== null) return match[0].toLowerCase();
      }
    }
  }
  return null;
}

/** The attribute as printed, and what its hexadecimal form says. Long values are wrapped. */
function readable(attribute: string): string[] {
  const hexadecimal = /=0x([0-9A-Fa-f\s]+)/.exec(attribute)?.[1]?.replace(/\s+/g, '') ?? '';
  return [attribute.replace(/\r?\n\s*/g, ''), Buffer.from(hexadecimal, 'hex').toString('latin1')];
}
