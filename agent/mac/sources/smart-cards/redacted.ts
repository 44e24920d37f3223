import { type Redaction, unchanged } from '../../redaction.ts';

export const redaction: Redaction<'smartCards'> = {
  reading: unchanged,
  scenario: (reading) => ({ changes: reading.ok ? { smartCards: reading.value } : {} }),
};
