import { type Hosts, sourceValues } from '../../../shared/observation.ts';
import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { readOutput } from '../../read/read-output.ts';
import type { Source } from '../../source.ts';

/**
 * A TLS handshake with each host that Platform SSO needs, in a process of its own: the resident agent never
 * loads TLS, and keeps no memory of it.
 */
async function readHosts({ runner }: ReaderDependencies): Promise<Reading<Hosts>> {
  return await readOutput(runner, {
    command: 'pssoMonitor',
    args: ['probe-hosts'],
    what: 'the answer of psso-monitor',
    parse: parsed,
  });
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
