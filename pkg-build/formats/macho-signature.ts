import { X509Certificate } from 'node:crypto';
import { fromBER } from 'asn1js';
import { ContentInfo, SignedData } from 'pkijs';
import { signatureBlobs, signedBytes, slots, verifiedCodeDirectory } from './code-directory.ts';
import { PackageFormatError } from './tree.ts';

/** Apple Root CA, SHA-256: https://www.apple.com/certificateauthority/ */
export const appleRoot =
  'B0:B1:73:0E:CB:C7:FF:45:05:14:2C:49:F1:29:5E:6E:DA:6B:CA:ED:7E:2C:68:C5:BE:91:B5:A1:10:01:F0:24';

export type CodeSignature =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'adHoc'; readonly identifier: string; readonly pages: number }
  | {
      readonly kind: 'developerId';
      readonly identifier: string;
      readonly teamId: string;
      readonly hardenedRuntime: boolean;
      readonly pages: number;
      /** As `codesign -dvvv` prints it. */
      readonly cdHash: string;
      /** An Apple timestamp is in it: it stays valid after its certificate's last day, and notarization wants it. */
      readonly timestamped: boolean;
      readonly signer: string;
    };

/**
 * Who signed a thin Mach-O program. Everything that was signed is compared: each page, the CMS signature of the code
 * directory, and the chain of certificates up to Apple's root. Throws PackageFormatError that names what is wrong.
 *
 * Not done: the certificates' last days (a timestamp makes them irrelevant) and revocation (this works without a network).
 */
export async function verifyCodeSignature(
  program: Uint8Array,
  { root = appleRoot }: { readonly root?: string } = {},
): Promise<CodeSignature> {
  const blobs = signatureBlobs(program);
  if (blobs === null) return { kind: 'unsigned' };
  const { identifier, teamId, adHoc, hardenedRuntime, pages, digest } = verifiedCodeDirectory(program, blobs);
  const cms = blobs.find((blob) => blob.slot === slots.cms)?.bytes.subarray(8);
  if (cms === undefined || cms.byteLength === 0) {
    if (!adHoc) throw new PackageFormatError('The signature names nobody and is not ad hoc.');
    return { kind: 'adHoc', identifier, pages };
  }
  const signed = signedBytes(blobs);
  if (signed === null) throw new PackageFormatError('The signature is of nothing.');
  const { signer, timestamped } = await readable(() => verifiedCms(cms, signed, root));
  const leaf = signer.subject;
  if (teamId === '' || !leaf.split('\n').includes(`OU=${teamId}`))
    throw new PackageFormatError(`The signature is of team "${teamId}", its certificate of another.`);
  const cdHash = digest.slice(0, 40);
  const name = /^CN=(.*)$/m.exec(leaf)?.[1] ?? '';
  return {
    kind: 'developerId',
    identifier,
    teamId,
    hardenedRuntime,
    pages,
    cdHash,
    timestamped,
    signer: name,
  };
}

/** OpenSSL and the ASN.1 reader have errors of their own for what is damaged. */
async function readable<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (cause) {
    if (cause instanceof PackageFormatError) throw cause;
    throw new PackageFormatError('The signature can not be verified.', { cause });
  }
}

/** RFC 3161's token, as an attribute that is not signed itself. */
const timestampToken = '1.2.840.113549.1.9.16.2.14';

async function verifiedCms(
  cms: Uint8Array,
  signed: Uint8Array,
  root: string,
): Promise<{ signer: X509Certificate; timestamped: boolean }> {
  const parsed = fromBER(copyOf(cms));
  if (parsed.offset === -1) throw new PackageFormatError('The signature can not be read.');
  const data = new SignedData({ schema: new ContentInfo({ schema: parsed.result }).content });
  const valid = await data.verify({ signer: 0, data: copyOf(signed), checkChain: false });
  if (!valid) throw new PackageFormatError('The signature is not of this program.');
  const certificates = (data.certificates ?? []).flatMap((one) =>
    'subjectPublicKeyInfo' in one ? [new X509Certificate(Buffer.from(one.toSchema(true).toBER()))] : [],
  );
  const [info] = data.signerInfos;
  const serial = 'serialNumber' in (info?.sid ?? {}) ? serialOf(info?.sid) : null;
  const signer = certificates.find((one) => BigInt(`0x${one.serialNumber}`) === serial);
  if (signer === undefined) throw new PackageFormatError('The signature does not bring its certificate.');
  checkChain(signer, certificates, root);
  const timestamped = (info?.unsignedAttrs?.attributes ?? []).some(({ type }) => type === timestampToken);
  return { signer, timestamped };
}

function serialOf(sid: unknown): bigint | null {
  if (typeof sid !== 'object' || sid === null || !('serialNumber' in sid)) return null;
  const { serialNumber } = sid;
  if (typeof serialNumber !== 'object' || serialNumber === null || !('valueBlock' in serialNumber))
    return null;
  const { valueBlock } = serialNumber;
  if (typeof valueBlock !== 'object' || valueBlock === null || !('valueHexView' in valueBlock)) return null;
  const hex = valueBlock.valueHexView;
  return hex instanceof Uint8Array ? BigInt(`0x${Buffer.from(hex).toString('hex')}`) : null;
}

function checkChain(leaf: X509Certificate, certificates: readonly X509Certificate[], root: string): void {
  let current = leaf;
  for (let steps = 0; steps < 8; steps++) {
    if (current.fingerprint256 === root) return;
    const issuer = certificates.find(
      (one) => one.subject === current.issuer && one.ca && current.verify(one.publicKey),
    );
    if (issuer === undefined || issuer === current) break;
    current = issuer;
  }
  throw new PackageFormatError("The signature's certificates do not lead to Apple's root.");
}

function copyOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
