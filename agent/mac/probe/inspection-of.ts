import type { Hosts } from '../../shared/observation.ts';
import type { ProbedHost } from './probed-host.ts';
import { registrationHosts, signInHosts } from './sign-in-hosts.ts';

/** What is probed as the source `hosts` gives it. A host that is not in `probed` was not reached. */
export function inspectionOf(probed: readonly Pick<ProbedHost, 'host' | 'verdict'>[]): Hosts {
  const verdicts = new Map(probed.map(({ host, verdict }) => [host, verdict]));
  const among = (hosts: readonly string[]) => {
    const inspected = hosts.filter((host) => verdicts.get(host) === 'inspected');
    const allTrusted = hosts.every((host) => verdicts.get(host) === 'trusted');
    return inspected.length > 0 || allTrusted ? inspected : null;
  };
  return { signIn: among(signInHosts), registration: among(registrationHosts) };
}
