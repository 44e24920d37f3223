import type { MarkedCertificate } from './certificates.ts';
import { verifiedSigner } from './cms.ts';
import { signatureBlobs, slots, verifiedCodeDirectory } from './code-directory.ts';
import { PackageFormatError } from './tree.ts';

/** Apple Root CA, SHA-256: https://www.apple.com/certificateauthority/ */
export const appleRoot =
  'B0:B1:73:0E:CB:C7:FF:45:05:14:2C:49:F1:29:5E:6E:DA:6B:CA:ED:7E:2C:68:C5:BE:91:B5:A1:10:01:F0:24';

/** Marks of the signer's and of its issuer's certificate: the requirement for Developer ID in Apple's TN3127. */
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
      /** As `codesign -dvvv` prints it. */
      readonly cdHash: string;
      /**
       * Apple's timestamp is on it, verified: the signature stays valid after its certificate's last day, and notarization
       * wants it.
       */
      readonly timestamped: boolean;
      readonly signer: string;
      /** In DER, the signer's first, Apple's root last. */
      readonly certificates: readonly Uint8Array[];
    };

/**
 * Who signed a thin Mach-O program. Everything that was signed is compared: each page, the other parts of the signature, the
 * CMS signature of the code directory, its timestamp, and the chain of certificates up to Apple's root. Throws
 * PackageFormatError that names what is wrong.
 *
 * Not done: revocation (this works without a network), and the last days of certificates where there is no timestamp.
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
    if (!directory.adHoc) throw new PackageFormatError('The signature names nobody and is not ad hoc.');
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

/** The name in the signer's certificate, once that is a Developer ID of the team. */
function developerOf([leaf, issuer]: readonly MarkedCertificate[], teamId: string): string {
  if (!leaf?.marks.has(developerId.signer) || !issuer?.marks.has(developerId.issuer))
    throw new PackageFormatError("The signature's certificate is no Developer ID.");
  const { subject } = leaf.x509;
  if (teamId === '' || !subject.split('\n').includes(`OU=${teamId}`))
    throw new PackageFormatError(`The signature is of team "${teamId}", its certificate of another.`);
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? '';
}
