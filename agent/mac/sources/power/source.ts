import type { Power } from '../../../shared/observation.ts';
import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { outputOf, parsedReading } from '../../read/outcome.ts';
import type { Source } from '../../source.ts';
import { parsePower } from './parse-power.ts';

/** When the Mac started, last fell asleep and last woke, by the kernel; and its model. */
async function readPower({ runner }: ReaderDependencies): Promise<Reading<Power>> {
  const output = outputOf(
    'sysctl',
    await runner.run('sysctl', ['kern.boottime', 'kern.sleeptime', 'kern.waketime', 'hw.model']),
  );
  return output.ok ? parsedReading('the answer of sysctl', parsePower(output.value)) : output;
}

export const power: Source<'power'> = {
  name: 'power',
  label: 'boot, sleep and wake (sysctl)',
  read: readPower,
  reread: { kind: 'eachPoll' },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
