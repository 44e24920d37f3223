import type { Power } from '../../../shared/observation.ts';
import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { readOutput } from '../../read/read-output.ts';
import type { Source } from '../../source.ts';
import { parsePower } from './parse-power.ts';

const powerNames = [
  'kern.boottime',
  'kern.sleeptime',
  'kern.waketime',
  'hw.model',
  'kern.bootsessionuuid',
] as const;

/** When the Mac started, fell asleep and woke, by the kernel; its model; and which start of it this is. */
async function readPower({ runner }: ReaderDependencies): Promise<Reading<Power>> {
  return await readOutput(runner, {
    command: 'sysctl',
    args: [...powerNames],
    what: 'the answer of sysctl',
    parse: parsePower,
  });
}

export const power: Source<'power'> = {
  name: 'power',
  label: 'boot, sleep and wake (sysctl)',
  read: readPower,
  reread: { kind: 'eachPoll' },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
