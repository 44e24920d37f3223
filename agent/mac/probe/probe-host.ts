import { checkServerIdentity, connect, getCACertificates } from 'node:tls';
import { second } from '../../shared/time.ts';
import type { HostVerdict, ProbedHost } from './probed-host.ts';
import { registrationHosts, signInHosts } from './sign-in-hosts.ts';

interface ProbeOptions {
  readonly port?: number;
  /** The public authorities. By default Node's own list, which no setting of the Mac extends. */
  readonly authorities?: readonly string[];
  readonly timeoutMs?: number;
}

/** OpenSSL: the chain ends in an authority that is not in the list. */
const unknownAuthority: readonly string[] = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/**
 * One TLS handshake with the host, without a request: nothing is sent of this Mac or its user. macOS trusts
 * its own authorities only for Platform SSO (Apple: the authentication process). A proxy of the network's
 * settings is not used. Never rejects.
 */
export function probeHost(
  host: string,
  { port = 443, authorities, timeoutMs = 5 * second }: ProbeOptions = {},
): Promise<ProbedHost> {
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port,
      servername: host,
      ca: [...(authorities ?? getCACertificates('bundled'))],
      // The error is judged here, and nothing is sent.
      rejectUnauthorized: false,
    });
    const end = (verdict: HostVerdict, code: string | null) => {
      socket.destroy();
      resolve({ host, verdict, code });
    };
    socket.setTimeout(timeoutMs, () => end('unreachable', 'ETIMEDOUT'));
    socket.once('error', (error) => end('unreachable', codeOf(error)));
    socket.once('secureConnect', () => {
      const error = socket.authorizationError ?? null;
      if (checkServerIdentity(host, socket.getPeerCertificate()) !== undefined)
        return end('unclear', 'ERR_TLS_CERT_ALTNAME_INVALID');
      if (error === null) return end('trusted', null);
      const code = codeOf(error);
      end(unknownAuthority.includes(code) ? 'inspected' : 'unclear', code);
    });
  });
}

/** Node gives the error of a certificate as its code alone, whatever its type says. */
function codeOf(error: unknown): string {
  if (typeof error === 'string') return error;
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

/**
 * Every host that Platform SSO with Entra ID needs, side by side: a host that does not answer costs no more
 * than the timeout.
 */
export function probeHosts(options: ProbeOptions = {}): Promise<ProbedHost[]> {
  return Promise.all([...signInHosts, ...registrationHosts].map((host) => probeHost(host, options)));
}
