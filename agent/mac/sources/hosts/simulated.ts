import { inspectionOf } from '../../probe/inspection-of.ts';
import { registrationHosts, signInHosts } from '../../probe/sign-in-hosts.ts';
import { always, printed, type Renderer } from '../../simulated/renderer.ts';

export const renderer: Renderer = {
  command: 'pssoMonitor',
  answer: ({ hosts }) => {
    const all = [...signInHosts, ...registrationHosts];
    const probed = all.map((host) => ({ host, verdict: hosts[host] ?? 'trusted' }));
    return always(printed(`${JSON.stringify(inspectionOf(probed))}\n`));
  },
};
