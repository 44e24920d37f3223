import { type Redaction, unchanged } from '../../redaction.ts';

export const redaction: Redaction<'fingerprints'> = {
  reading: unchanged,
  scenario: (reading) => ({ changes: reading.ok ? { fingerprints: reading.value } : {} }),
};
