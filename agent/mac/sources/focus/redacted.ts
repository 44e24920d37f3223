import { type Redaction, unchanged } from '../../redaction.ts';

export const redaction: Redaction<'focus'> = {
  reading: unchanged,
  scenario: (reading) => ({ changes: { focus: reading.ok ? reading.value : 'unknown' } }),
};
