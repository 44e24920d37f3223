import { type Redaction, unchanged } from '../../redaction.ts';

export const redaction: Redaction<'fileVault'> = {
  reading: unchanged,
  scenario: (reading) => ({ changes: reading.ok ? { fileVault: reading.value } : {} }),
};
