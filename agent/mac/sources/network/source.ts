import { type Reading, read } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { outputOf, parsedReading } from '../../read/outcome.ts';
import type { Source } from '../../source.ts';
import { parseNetwork } from './parse-network.ts';

/** Whether macOS reports a reachable network. Nothing is sent. */
async function readNetwork({ runner }: ReaderDependencies): Promise<Reading<'online' | 'offline'>> {
  const outcome = await runner.run('scutil', ['--nwi']);
  // Without any network scutil prints this and exits with status 1 (configd, scutil.tproj/net.c).
  if (outcome.kind === 'exited' && /^No network information/m.test(outcome.stdout)) return read('offline');
  const output = outputOf('scutil', outcome);
  return output.ok ? parsedReading('the answer of scutil', parseNetwork(output.value)) : output;
}

export const network: Source<'network'> = {
  name: 'network',
  label: 'the network (scutil)',
  read: readNetwork,
  reread: { kind: 'eachPoll' },
  nameInRemarks: 'the network',
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
