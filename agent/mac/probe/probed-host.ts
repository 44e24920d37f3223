/**
 * - `trusted`      TLS is reached, with a certificate of this host from a public authority
 * - `inspected`    a certificate of this host from an authority that is not public: a proxy opens the
 *                  connection
 * - `unclear`      the certificate is of another host, as of a captive portal, or out of date
 * - `unreachable`  no TLS connection: no network, a firewall, or a network that needs a proxy
 */
export const hostVerdicts = ['trusted', 'inspected', 'unclear', 'unreachable'] as const;
export type HostVerdict = (typeof hostVerdicts)[number];

export interface ProbedHost {
  readonly host: string;
  readonly verdict: HostVerdict;
  /** The code of the error; null: there is none. */
  readonly code: string | null;
}
