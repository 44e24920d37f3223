import type { Enrollment } from '../../shared/observation.ts';
import type { Reading } from '../../shared/reading.ts';
import { parseEnrollment } from '../parse/enrollment.ts';
import type { ReaderDependencies } from './dependencies.ts';
import { outputOf, parsedReading } from './outcome.ts';

/** Whether the Mac is enrolled in device management. */
export async function readEnrollment({ runner }: ReaderDependencies): Promise<Reading<Enrollment>> {
  const output = outputOf('profiles', await runner.run('profiles', ['status', '-type', 'enrollment']));
  return output.ok ? parsedReading('the enrollment status', parseEnrollment(output.value)) : output;
}
