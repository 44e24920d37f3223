import { type Hosts, sourceValues } from '../../../shared/observation.ts';
import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { outputOf, parsedReading } from '../../read/outcome.ts';
import type { Source } from '../../source.ts';

/**
 * A TLS handshake with each host that Platform SSO needs, in a process of its own: the resident agent never
 * loads TLS, and keeps no memory of it.
 */
async function readHosts({ runner }: ReaderDependencies): Promise<Reading<Hosts>> {
  const output = outputOf('pssoMonitor', await runner.run('pssoMonitor', ['probe-hosts']));
  return output.ok ? parsedReading('the answer of psso-monitor', parsed(output.value)) : output;
}

function parsed(json: string): Hosts | null {
  try {
    return sourceValues.hosts.parse(JSON.parse(json));
  } catch {
    return null;
  }
}

export const hosts: Source<'hosts'> = {
  name: 'hosts',
  label: 'the hosts of Platform SSO (TLS)',
  read: readHosts,
  reread: { kind: 'onTrouble' },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
