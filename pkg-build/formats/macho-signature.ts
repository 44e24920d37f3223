import type { MarkedCertificate } from './certificates.ts';
import { verifiedSigner } from './cms.ts';
import { signatureBlobs, slots, verifiedCodeDirectory } from './code-directory.ts';
import { PackageFormatError } from './tree.ts';

/** Apple Root CA, SHA-256: https://www.apple.com/certificateauthority/ */
const appleRoot =
  'B0:B1:73:0E:CB:C7:FF:45:05:14:2C:49:F1:29:5E:6E:DA:6B:CA:ED:7E:2C:68:C5:BE:91:B5:A1:10:01:F0:24';

/** The marks in the signer's and its issuer's certificate: Developer ID by Apple's TN3127. */
const developerId = { signer: '1.2.840.113635.100.6.1.13', issuer: '1.2.840.113635.100.6.2.6' };

export type CodeSignature =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'adHoc'; readonly identifier: string; readonly pages: number }
  | {
      readonly kind: 'developerId';
      readonly identifier: string;
      readonly teamId: string;
      readonly hardenedRuntime: boolean;
      readonly pages: number;
      /** In the form of `codesign -dvvv`. */
      readonly cdHash: string;
      /** It has a valid timestamp: it outlives its certificate, and can be notarized. */
      readonly timestamped: boolean;
      readonly signer: string;
      /** DER, the signer's first, Apple's root last. */
      readonly certificates: readonly Uint8Array[];
    };

/**
 * Verifies the signature of a thin Mach-O program: each page, the other parts of the signature, the CMS
 * signature of the code directory, its timestamp, and the certificates up to Apple's root. Throws
 * PackageFormatError, which names the fault.
 *
 * Not verified: revocation, which needs a network; without a timestamp, the dates of the certificates.
 */
export async function verifyCodeSignature(
  program: Uint8Array,
  { root = appleRoot }: { readonly root?: string } = {},
): Promise<CodeSignature> {
  const blobs = signatureBlobs(program);
  if (blobs === null) return { kind: 'unsigned' };
  const directory = verifiedCodeDirectory(program, blobs);
  const { identifier, teamId, hardenedRuntime, pages, digest } = directory;
  const cms = blobs.find((blob) => blob.slot === slots.cms)?.bytes.subarray(8);
  if (cms === undefined || cms.byteLength === 0) {
    if (!directory.adHoc) throw new PackageFormatError('The signature has no signer and is not ad hoc.');
    return { kind: 'adHoc', identifier, pages };
  }
  const { chain, timestamped } = await verifiedSigner(cms, directory.bytes, root);
  return {
    kind: 'developerId',
    identifier,
    teamId,
    hardenedRuntime,
    pages,
    cdHash: digest.slice(0, 40),
    timestamped,
    signer: developerOf(chain, teamId),
    certificates: chain.map(({ x509 }) => Uint8Array.from(x509.raw)),
  };
}

/** The name in the signer's certificate, which must be a Developer ID of the team. */
function developerOf([leaf, issuer]: readonly MarkedCertificate[], teamId: string): string {
  if (!leaf?.marks.has(developerId.signer) || !issuer?.marks.has(developerId.issuer))
    throw new PackageFormatError("The signature's certificate is no Developer ID.");
  const { subject } = leaf.x509;
  if (teamId === '' || !subject.split('\n').includes(`OU=${teamId}`))
    throw new PackageFormatError(`The signature is of team "${teamId}", its certificate of another.`);
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? '';
}
