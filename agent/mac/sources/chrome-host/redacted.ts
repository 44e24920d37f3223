import { type Redaction, unchanged } from '../../redaction.ts';

export const redaction: Redaction<'chromeHost'> = {
  reading: unchanged,
  scenario: (reading) => ({
    changes:
      reading.ok && reading.value !== null ? { chrome: { version: '134.0', host: reading.value } } : {},
  }),
};
