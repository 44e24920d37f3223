import { type Redaction, unchanged } from '../../redaction.ts';

export const redaction: Redaction<'enrollment'> = {
  reading: unchanged,
  scenario: (reading) => ({ changes: reading.ok ? { enrolled: reading.value.enrolled } : {} }),
};
