import { X509Certificate } from 'node:crypto';
import { Certificate } from 'pkijs';
import { PackageFormatError } from './tree.ts';

/** A certificate, and the object identifiers of its extensions; Apple marks its purpose by them. */
export interface MarkedCertificate {
  readonly x509: X509Certificate;
  readonly marks: ReadonlySet<string>;
}

export function marked(certificate: Certificate): MarkedCertificate {
  return {
    x509: new X509Certificate(Buffer.from(certificate.toSchema().toBER())),
    marks: new Set((certificate.extensions ?? []).map(({ extnID }) => extnID)),
  };
}

export function markedAmong(certificates: readonly object[]): MarkedCertificate[] {
  return certificates.filter((one) => one instanceof Certificate).map(marked);
}

/** Ends the search in certificates that sign each other in a circle. Apple's chains are shorter. */
const longest = 8;

/**
 * The chain from `leaf` to the root with the fingerprint `root` (SHA-256, in the form of X509Certificate).
 * Each signature is verified with the key of the next certificate. `what` names the chain in an error. Throws
 * PackageFormatError.
 */
export function chainToRoot(
  leaf: MarkedCertificate,
  { others, root, what }: { others: readonly MarkedCertificate[]; root: string; what: string },
): MarkedCertificate[] {
  const chain = [leaf];
  let current = leaf;
  while (current.x509.fingerprint256 !== root) {
    const { x509 } = current;
    const issuer = others.find(
      (one) => one.x509.ca && one.x509.subject === x509.issuer && x509.verify(one.x509.publicKey),
    );
    if (issuer === undefined || chain.length === longest)
      throw new PackageFormatError(`The ${what}'s certificates do not lead to Apple's root.`);
    chain.push(issuer);
    current = issuer;
  }
  return chain;
}
