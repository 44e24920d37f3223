import type { Redactor } from '../../redact/redactor.ts';
import { type Leftover, parseCertificates, thumbprintAccount } from './parse-leftovers.ts';

/**
 * The certificates of an earlier Workplace Join in the output of `security find-certificate -a -Z`. All other
 * certificates are left out: they are the user's own.
 */
export function redactCertificates(text: string, account: string, redactor: Redactor): string {
  return parseCertificates(text)
    .map((leftover) => certificateItem(leftover, account, redactor))
    .join('');
}

function certificateItem({ deviceId }: Leftover, account: string, redactor: Redactor): string {
  const name = deviceId === null ? '<NULL>' : `"${redactor.guid(deviceId)}"`;
  return `${itemOf(account, '0x80001000')}    "alis"<blob>=${name}
    "issu"<blob>="MS-ORGANIZATION-ACCESS"
    "labl"<blob>=${name}
`;
}

/** The item in which Workplace Join keeps a thumbprint, by the attributes it is found by. */
export function thumbprintItem(account: string): string {
  return `${itemOf(account, '"genp"')}    "acct"<blob>="${thumbprintAccount}"\n`;
}

function itemOf(account: string, kind: string): string {
  return `keychain: "/Users/${account}/Library/Keychains/login.keychain-db"\nversion: 512\nclass: ${kind} \nattributes:\n`;
}
