import type { X509Certificate } from 'node:crypto';
import { fromBER } from 'asn1js';
import { ContentInfo, SignedData, type SignerInfo } from 'pkijs';
import { chainToRoot, type MarkedCertificate, marked, markedAmong } from './certificates.ts';
import { PackageFormatError } from './tree.ts';

export interface Signer {
  /** The signer's certificate first, the root last. */
  readonly chain: readonly MarkedCertificate[];
  /** The signature has a valid timestamp, by an authority below the same root. */
  readonly timestamped: boolean;
}

/**
 * The signer of `content` by the detached signature `cms` (RFC 5652). `root` is the fingerprint of the only
 * trusted root. An optional timestamp is verified in the same way. Throws PackageFormatError.
 */
export async function verifiedSigner(cms: Uint8Array, content: Uint8Array, root: string): Promise<Signer> {
  const message = await readable('The signature can not be read.', () => signedData(fromBER(cms).result));
  // pkijs would verify an enclosed content instead of `content`.
  if (message.encapContentInfo.eContent !== undefined)
    throw new PackageFormatError('The signature encloses another content than this program.');
  const { info, chain } = await readable('The signature can not be verified.', () =>
    signerOf(message, content, { root, what: 'signature' }),
  );
  const token = timestampToken(info);
  if (token === null) return { chain, timestamped: false };
  await readable('The timestamp of the signature can not be verified.', () =>
    checkTimestamp(signedData(token), info, chain, root),
  );
  return { chain, timestamped: true };
}

function signedData(schema: unknown): SignedData {
  const info = new ContentInfo({ schema });
  if (info.contentType !== ContentInfo.SIGNED_DATA)
    throw new PackageFormatError('This is no signed message.');
  return new SignedData({ schema: info.content });
}

interface Verified {
  readonly info: SignerInfo;
  readonly chain: readonly MarkedCertificate[];
  /** The time of a timestamp; of another content, the present time. */
  readonly date: Date | undefined;
}

async function signerOf(
  message: SignedData,
  content: Uint8Array,
  { root, what }: { root: string; what: string },
): Promise<Verified> {
  const [info] = message.signerInfos;
  if (info === undefined || message.signerInfos.length !== 1)
    throw new PackageFormatError(`The ${what} does not have exactly one signer.`);
  const { signatureVerified, signerCertificate, date } = await message.verify({
    signer: 0,
    data: Uint8Array.from(content).buffer,
    extendedMode: true,
  });
  // The certificate of the verified key: another one in the message may have the same number.
  if (signatureVerified !== true || !signerCertificate)
    throw new PackageFormatError(`The ${what} is for another content.`);
  const others = markedAmong(message.certificates ?? []);
  const chain = chainToRoot(marked(signerCertificate), { others, root, what });
  return { info, chain, date };
}

/** RFC 3161: an unsigned attribute, since the timestamp is made after the signature. */
const timestampAttribute = '1.2.840.113549.1.9.16.2.14';
const timestampContent = '1.2.840.113549.1.9.16.1.4';
const timeStamping = '1.3.6.1.5.5.7.3.8';

function timestampToken(info: SignerInfo): unknown {
  const found = (info.unsignedAttrs?.attributes ?? []).find(({ type }) => type === timestampAttribute);
  return found?.values[0] ?? null;
}

async function checkTimestamp(
  token: SignedData,
  of: SignerInfo,
  chain: readonly MarkedCertificate[],
  root: string,
): Promise<void> {
  // pkijs compares the stamped content for this type only.
  if (token.encapContentInfo.eContentType !== timestampContent)
    throw new PackageFormatError('The timestamp of the signature is not a timestamp.');
  const clock = await signerOf(token, of.signature.valueBlock.valueHexView, { root, what: 'timestamp' });
  const { date } = clock;
  if (date === undefined || !clock.chain[0]?.x509.keyUsage?.includes(timeStamping))
    throw new PackageFormatError("The timestamp of the signature is not by a timestamp authority's key.");
  for (const { x509 } of chain)
    if (!isValidAt(x509, date))
      throw new PackageFormatError(
        `The certificate was not valid at ${date.toISOString()}, the time of the signature.`,
      );
}

function isValidAt({ validFromDate, validToDate }: X509Certificate, date: Date): boolean {
  return validFromDate <= date && date <= validToDate;
}

/** Turns the errors of OpenSSL and the ASN.1 reader for damaged data into PackageFormatError. */
async function readable<T>(otherwise: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof PackageFormatError) throw cause;
    throw new PackageFormatError(otherwise, { cause });
  }
}
