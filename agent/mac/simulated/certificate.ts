/** The certificate of a device registration, as `app-sso` prints it: the subject's CN is the device ID. */
export function deviceCertificate(deviceId: string): string {
  return certificate(deviceId, 0);
}

/**
 * A certificate as a registered Mac holds it, in base64url DER without padding. `serial` is a byte that tells
 * certificates of one subject apart. Any X.509 parser reads the structure; the signature is none.
 */
export function certificate(subject: string, serial: number): string {
  return build(subject, serial).toString('base64url');
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), content]);
}

const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const set = (...parts: Uint8Array[]) => der(0x31, ...parts);
const utf8 = (text: string) => der(0x0c, Buffer.from(text));
const integer = (...bytes: number[]) => der(0x02, Buffer.from(bytes));
const utcTime = (text: string) => der(0x17, Buffer.from(text));
const bitString = (bytes: Uint8Array) => der(0x03, Buffer.from([0]), bytes);

const commonName = Buffer.from('0603550403', 'hex');
const organizationalUnit = Buffer.from('060355040b', 'hex');
const ecdsaWithSha256 = Buffer.from('06082a8648ce3d040302', 'hex');
const ecPublicKey = Buffer.from('06072a8648ce3d0201', 'hex');
const prime256v1 = Buffer.from('06082a8648ce3d030107', 'hex');
/** The curve's base point: a valid public key without an owner. */
const basePoint = Buffer.from(
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
  'hex',
);

function name(...attributes: (readonly [Buffer, string])[]): Buffer {
  return sequence(...attributes.map(([oid, value]) => set(sequence(oid, utf8(value)))));
}

function build(subject: string, serial: number): Buffer {
  const algorithm = sequence(ecdsaWithSha256);
  const issuer = name(
    [commonName, 'MS-Organization-Access'],
    [organizationalUnit, '82dbaca4-3e81-46ca-9c73-0950c1eaca97'],
  );
  const toBeSigned = sequence(
    der(0xa0, integer(2)),
    integer(0x09, 0x6e, 0x3a, serial & 0xff),
    algorithm,
    issuer,
    sequence(utcTime('250101000000Z'), utcTime('350101000000Z')),
    name([commonName, subject]),
    sequence(sequence(ecPublicKey, prime256v1), bitString(basePoint)),
  );
  return sequence(toBeSigned, algorithm, bitString(sequence(integer(1), integer(1))));
}
