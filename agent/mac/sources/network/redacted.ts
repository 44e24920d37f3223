import { type Redaction, unchanged } from '../../redaction.ts';

export const redaction: Redaction<'network'> = {
  reading: unchanged,
  scenario: (reading) => ({ changes: { network: reading.ok ? reading.value : 'online' } }),
};
