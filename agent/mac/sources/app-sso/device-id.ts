import { isGuid } from '../../parse/guid.ts';
import { commonNamesOf } from './certificate-subject.ts';

/** Real certificates are about 600 characters. */
const longestCertificate = 64 * 1024;
const base64url = /^[A-Za-z0-9_+/-]+=*$/;

/**
 * The Entra device ID: the common name of `deviceSigningCertificate` (DER in base64url). Null when the text
 * is no certificate or its name is no GUID, as with other identity providers, whose name could be a person's.
 */
export function deviceIdOf(certificate: string): string | null {
  if (certificate.length > longestCertificate || !base64url.test(certificate)) return null;
  const names = commonNamesOf(Buffer.from(certificate, 'base64url'));
  const [name] = names ?? [];
  return names?.length === 1 && name !== undefined && isGuid(name) ? name : null;
}
