import { registrationHosts, signInHosts } from '../../probe/sign-in-hosts.ts';
import { type Redaction, unchanged } from '../../redaction.ts';

/** The names are those of Apple and Microsoft, the same on every Mac. */
export const redaction: Redaction<'hosts'> = {
  reading: unchanged,
  scenario: (reading) => {
    if (!reading.ok) return { changes: {} };
    const { signIn, registration } = reading.value;
    const hosts = Object.fromEntries([
      ...changed(signIn, signInHosts[0]),
      ...changed(registration, registrationHosts[0]),
    ]);
    return { changes: Object.keys(hosts).length === 0 ? {} : { hosts } };
  },
};

/** Which host was not reached is not recorded: `one` stands for it. */
function changed(inspected: readonly string[] | null, one: string): [string, string][] {
  return inspected === null ? [[one, 'unreachable']] : inspected.map((host) => [host, 'inspected']);
}
