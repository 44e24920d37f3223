import { type Redaction, unchanged } from '../../redaction.ts';

export const redaction: Redaction<'power'> = { reading: unchanged, scenario: () => ({ changes: {} }) };
