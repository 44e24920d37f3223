import { type Redaction, unchanged } from '../../redaction.ts';

export const redaction: Redaction<'extensions'> = {
  reading: unchanged,
  scenario: (reading) => ({
    changes: reading.ok ? { ssoExtension: reading.value.sso, autoFill: reading.value.autoFill } : {},
  }),
};
