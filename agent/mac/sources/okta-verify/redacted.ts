import { plainVersion } from '../../redact/plain-version.ts';
import type { Redaction } from '../../redaction.ts';

export const redaction: Redaction<'oktaVerify'> = {
  reading: (reading) => (reading.ok ? { ok: true, value: plainVersion(reading.value) } : reading),
  scenario: (reading) => ({
    changes: reading.ok && reading.value !== null ? { oktaVerify: plainVersion(reading.value) } : {},
  }),
};
