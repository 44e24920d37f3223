import { type Redaction, unchanged } from '../../redaction.ts';

/** The version is in the first line of a scenario. */
export const redaction: Redaction<'macos'> = { reading: unchanged, scenario: () => ({ changes: {} }) };
