import type { ProbedHost } from '../../mac/probe/probed-host.ts';
import { type Check, couldNotRun, fail, type Outcome, pass, warn } from '../check.ts';

/** Whether the hosts that Platform SSO needs are reached without a TLS inspection. Only with --network. */
export function networkCheck(probe: () => Promise<readonly ProbedHost[]>): Check {
  return {
    id: 'network',
    group: 'mac',
    async run({ sysroot }) {
      if (sysroot !== null) return [couldNotRun('A simulated Mac has no network.')];
      const probed = await probe();
      const namesOf = (verdict: ProbedHost['verdict']) =>
        probed.filter((one) => one.verdict === verdict).map(({ host }) => host);
      const outcomes: Outcome[] = [];
      const [trusted, inspected, unclear, unreachable] = [
        namesOf('trusted'),
        namesOf('inspected'),
        namesOf('unclear'),
        namesOf('unreachable'),
      ];
      if (trusted.length > 0)
        outcomes.push(pass(`Reached with a public certificate: ${trusted.join(', ')}.`));
      if (inspected.length > 0)
        outcomes.push({
          ...fail(
            `A proxy opens the connections to ${inspected.join(', ')}.`,
            'Exclude these hosts from the TLS inspection, then restart the Mac.',
          ),
          id: 'network-inspected',
        });
      if (unclear.length > 0)
        outcomes.push({
          ...warn(
            `The certificate is of another host, or out of date: ${unclear.join(', ')}.`,
            'Look for a sign-in page of this network, and check the clock of the Mac.',
          ),
          id: 'network-unclear',
        });
      if (unreachable.length > 0)
        outcomes.push({
          ...couldNotRun(
            `Not reached without a proxy: ${unreachable.join(', ')}.`,
            'On a network that needs a proxy this says nothing.',
          ),
          id: 'network-unreachable',
        });
      return outcomes;
    },
  };
}
