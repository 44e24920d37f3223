import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate with its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority of its own, which no system trusts. */
export interface Authority extends Certificate {
  /** A certificate for a name. `days` negative: out of date. */
  readonly issue: (name: string, days?: number) => Certificate;
}

/** Makes an authority with openssl. */
export function createAuthority(name: string): Authority {
  return inFolder((folder) => {
    const run = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
    run(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', 'key.pem', '-out', 'cert.pem', '-days', '30', '-subj', `/CN=${name}`],
    );
    const own = read(folder, 'cert.pem', 'key.pem');
    return { ...own, issue: (subject, days = 30) => issued(own, subject, days) };
  });
}

function issued(authority: Certificate, name: string, days: number): Certificate {
  return inFolder((folder) => {
    const run = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
    writeFileSync(join(folder, 'ca.pem'), authority.cert);
    writeFileSync(join(folder, 'ca-key.pem'), authority.key);
    writeFileSync(join(folder, 'extensions'), `subjectAltName=DNS:${name}\n`);
    run(
      ...['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', 'key.pem', '-out', 'request.pem', '-subj', `/CN=${name}`],
    );
    run(
      ...['x509', '-req', '-in', 'request.pem', '-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial'],
      ...['-extfile', 'extensions', '-out', 'cert.pem', '-days', String(days)],
    );
    return read(folder, 'cert.pem', 'key.pem');
  });
}

function read(folder: string, cert: string, key: string): Certificate {
  return { cert: readFileSync(join(folder, cert), 'utf8'), key: readFileSync(join(folder, key), 'utf8') };
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-certificates-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
