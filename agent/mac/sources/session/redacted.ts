import { type Redaction, unchanged } from '../../redaction.ts';

export const redaction: Redaction<'session'> = {
  reading: unchanged,
  scenario: (reading) => ({
    changes: reading.ok ? { screen: reading.value.screen, console: reading.value.console } : {},
  }),
};
