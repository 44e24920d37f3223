import type { Enrollment } from '../../../shared/observation.ts';
import type { Reading } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { outputOf, parsedReading } from '../../read/outcome.ts';
import { hourly, managedPreferences } from '../../reread-rule.ts';
import type { Source } from '../../source.ts';
import { parseEnrollment } from './parse-enrollment.ts';

/** Whether the Mac is enrolled in device management. */
async function readEnrollment({ runner }: ReaderDependencies): Promise<Reading<Enrollment>> {
  const output = outputOf('profiles', await runner.run('profiles', ['status', '-type', 'enrollment']));
  return output.ok ? parsedReading('the enrollment status', parseEnrollment(output.value)) : output;
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
