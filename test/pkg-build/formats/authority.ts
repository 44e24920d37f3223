import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBER, OctetString } from 'asn1js';
import { Attribute, ContentInfo, SignedAndUnsignedAttributes, SignedData } from 'pkijs';

export const team = 'AB12CD34EF';

const developer = 'extendedKeyUsage=critical,codeSigning\nbasicConstraints=critical,CA:FALSE\n';
const authority = 'basicConstraints=critical,CA:TRUE\n';
const leaf = {
  subject: `/OU=${team}/CN=Developer: Example`,
  extensions: `${developer}1.2.840.113635.100.6.1.13=critical,DER:0500\n`,
};

/** Name, subject, issuer and extensions, in an order in which each issuer is there before it is needed. */
const certificates: readonly (readonly [string, string, string | null, string])[] = [
  ['root', '/CN=Our Root CA', null, authority],
  // Apple's marks for Developer ID, in the issuer and in the signer.
  ['issuer', '/CN=Our Issuer', 'root', `${authority}1.2.840.113635.100.6.2.6=DER:0500\n`],
  ['leaf', leaf.subject, 'issuer', leaf.extensions],
  ['unmarked', `/OU=${team}/CN=Development: Example`, 'issuer', developer],
  ['stranger', `/OU=${team}/CN=Stranger`, null, developer],
  // Certificates are sorted in the signature: the long name puts this one after the genuine one.
  ['impostor', `/OU=${team}/O=${'Impostor '.repeat(7)}/CN=${'I'.repeat(60)}`, null, developer],
  ['clock', '/CN=Our Clock', 'issuer', 'extendedKeyUsage=critical,timeStamping\n'],
  ['strange-clock', '/CN=Strange Clock', null, 'extendedKeyUsage=critical,timeStamping\n'],
];

const settings = `[tsa]
default_tsa = clock
[clock]
serial = serial
default_policy = 1.2.3.4
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
certs = chain.pem
[ca]
default_ca = past
[past]
database = index
new_certs_dir = .
rand_serial = yes
default_md = sha256
preserve = yes
policy = any
[any]
organizationalUnitName = supplied
commonName = supplied
`;

/** Certificates like Apple's, made by openssl, and signatures with them. */
export class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), 'psso-monitor-signature-'));

  constructor() {
    for (const [name, subject, issuer, extensions] of certificates) {
      writeFileSync(this.#path('ext'), extensions);
      this.#openssl('genrsa', '-out', `${name}.key`, '2048');
      this.#openssl('req', '-new', '-key', `${name}.key`, '-subj', subject, '-out', 'csr');
      const by =
        issuer === null ? ['-signkey', `${name}.key`] : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`];
      const serial = name === 'impostor' ? ['-set_serial', `0x${this.certificate('leaf').serialNumber}`] : [];
      const made = ['x509', '-req', '-in', 'csr', ...by, ...serial, '-days', '30', '-extfile', 'ext'];
      this.#openssl(...made, '-out', `${name}.pem`);
    }
    const chain = ['issuer', 'root'].map((name) => readFileSync(this.#path(`${name}.pem`), 'utf8'));
    writeFileSync(this.#path('chain.pem'), chain.join(''));
    writeFileSync(
      this.#path('with-leaf.pem'),
      [...chain, readFileSync(this.#path('leaf.pem'), 'utf8')].join(''),
    );
    writeFileSync(this.#path('settings'), settings);
    this.#expired();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  certificate(name: string): X509Certificate {
    return new X509Certificate(readFileSync(this.#path(`${name}.pem`)));
  }

  /** A CMS signature of `content`; with `-nodetach` among the options the content is inside. */
  sign(signer: string, content: Uint8Array, others = 'chain.pem', ...options: string[]): Buffer {
    writeFileSync(this.#path('content'), content);
    const by = ['-signer', `${signer}.pem`, '-inkey', `${signer}.key`, '-certfile', others, '-md', 'sha256'];
    this.#openssl(
      'cms',
      '-sign',
      '-binary',
      '-in',
      'content',
      ...by,
      ...options,
      '-outform',
      'DER',
      '-out',
      'cms',
    );
    return readFileSync(this.#path('cms'));
  }

  /** A CMS signature with a timestamp (RFC 3161) of `stamped`, or of the signature as it should be. */
  signAndStamp(signer: string, content: Uint8Array, clock: string, stamped?: Uint8Array): Buffer {
    const message = signedData(this.sign(signer, content));
    const [info] = message.signerInfos;
    if (info === undefined) throw new Error('openssl made a signature without a signer');
    const token = fromBER(this.#token(clock, stamped ?? info.signature.valueBlock.valueHexView)).result;
    info.unsignedAttrs = new SignedAndUnsignedAttributes({
      type: 1,
      attributes: [new Attribute({ type: '1.2.840.113549.1.9.16.2.14', values: [token] })],
    });
    return encoded(message);
  }

  /** A detached signature with its content enclosed afterwards, to be used for another content. */
  withContent(cms: Uint8Array, content: Uint8Array): Buffer {
    const message = signedData(cms);
    message.encapContentInfo.eContent = new OctetString({ valueHex: Uint8Array.from(content).buffer });
    return encoded(message);
  }

  /** A certificate of the leaf's key and name that expired in 2021. */
  #expired(): void {
    writeFileSync(this.#path('index'), '');
    writeFileSync(this.#path('ext'), leaf.extensions);
    this.#openssl('req', '-new', '-key', 'leaf.key', '-subj', leaf.subject, '-out', 'csr');
    const by = ['-cert', 'issuer.pem', '-keyfile', 'issuer.key', '-extfile', 'ext', '-in', 'csr'];
    const dates = ['-startdate', '200101000000Z', '-enddate', '210101000000Z'];
    this.#openssl('ca', '-batch', '-notext', '-config', 'settings', ...by, ...dates, '-out', 'expired.pem');
    writeFileSync(this.#path('expired.key'), readFileSync(this.#path('leaf.key')));
  }

  #token(clock: string, stamped: Uint8Array): Buffer {
    writeFileSync(this.#path('stamped'), stamped);
    writeFileSync(this.#path('serial'), '01\n');
    this.#openssl('ts', '-query', '-data', 'stamped', '-sha256', '-cert', '-no_nonce', '-out', 'query');
    const by = ['-signer', `${clock}.pem`, '-inkey', `${clock}.key`];
    this.#openssl(
      'ts',
      '-reply',
      '-config',
      'settings',
      '-queryfile',
      'query',
      ...by,
      '-token_out',
      '-out',
      'token',
    );
    return readFileSync(this.#path('token'));
  }

  #path(name: string): string {
    return join(this.folder, name);
  }

  #openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
  }
}

function signedData(cms: Uint8Array): SignedData {
  return new SignedData({ schema: new ContentInfo({ schema: fromBER(cms).result }).content });
}

function encoded(message: SignedData): Buffer {
  const info = new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: message.toSchema(true) });
  return Buffer.from(info.toSchema().toBER());
}
