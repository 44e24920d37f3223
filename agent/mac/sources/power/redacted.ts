import type { Redaction } from '../../redaction.ts';

/** Without the boot session: a random number of this Mac. */
export const redaction: Redaction<'power'> = {
  reading: (reading) => {
    if (!reading.ok) return reading;
    const { bootSession: _, ...value } = reading.value;
    return { ...reading, value };
  },
  scenario: () => ({ changes: {} }),
};
