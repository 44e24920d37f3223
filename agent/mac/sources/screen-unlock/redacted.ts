import { type Redaction, unchanged } from '../../redaction.ts';

export const redaction: Redaction<'screenUnlock'> = {
  reading: unchanged,
  scenario: (reading) => ({ changes: reading.ok ? { screenUnlockMode: reading.value } : {} }),
};
