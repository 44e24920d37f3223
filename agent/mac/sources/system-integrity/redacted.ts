import { type Redaction, unchanged } from '../../redaction.ts';

export const redaction: Redaction<'systemIntegrity'> = {
  reading: unchanged,
  scenario: (reading) => ({ changes: reading.ok ? { systemIntegrity: reading.value } : {} }),
};
