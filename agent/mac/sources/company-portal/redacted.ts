import { plainVersion } from '../../redact/plain-version.ts';
import type { Redaction } from '../../redaction.ts';

export const redaction: Redaction<'companyPortal'> = {
  reading: (reading) => (reading.ok ? { ok: true, value: plainVersion(reading.value) } : reading),
  scenario: (reading) => ({ changes: reading.ok ? { companyPortal: plainVersion(reading.value) } : {} }),
};
