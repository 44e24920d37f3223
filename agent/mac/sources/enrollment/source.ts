import type { Enrollment } from '../../../shared/observation.ts';
import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { readOutput } from '../../read/read-output.ts';
import { hourly, managedPreferences } from '../../reread-rule.ts';
import type { Source } from '../../source.ts';
import { parseEnrollment } from './parse-enrollment.ts';

/** Whether the Mac is enrolled in device management. */
async function readEnrollment({ runner }: ReaderDependencies): Promise<Reading<Enrollment>> {
  return await readOutput(runner, {
    command: 'profiles',
    args: ['status', '-type', 'enrollment'],
    what: 'the enrollment status',
    parse: parseEnrollment,
  });
}

export const enrollment: Source<'enrollment'> = {
  name: 'enrollment',
  label: 'the enrollment (profiles)',
  read: readEnrollment,
  reread: { kind: 'whenChanged', path: managedPreferences, atLatest: hourly },
  nameInRemarks: 'the enrollment',
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
