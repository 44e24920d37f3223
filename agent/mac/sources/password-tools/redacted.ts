import { type Redaction, unchanged } from '../../redaction.ts';

export const redaction: Redaction<'passwordTools'> = {
  reading: unchanged,
  scenario: (reading) => ({ changes: reading.ok ? { passwordTools: reading.value } : {} }),
};
