import { printedInScenario } from '../../redact/printed-in-scenario.ts';
import type { Redaction } from '../../redaction.ts';
import { redactCertificates, thumbprintItem } from './redact-certificates.ts';

export const redaction: Redaction<'workplaceJoin'> = {
  reading(reading, { redactor }) {
    if (!reading.ok) return reading;
    const leftovers = reading.value.leftovers.map(({ kind, deviceId }) => ({
      kind,
      deviceId: deviceId === null ? null : redactor.guid(deviceId),
    }));
    return { ok: true, value: { leftovers } };
  },
  scenario(reading, { outcome, account, redactor }) {
    const certificates = outcome('security', 'find-certificate');
    // The keychain is not read while the screen is locked.
    if (certificates === null) return { changes: { workplaceJoin: null } };
    if (!reading.ok)
      return { changes: { workplaceJoin: printedInScenario(certificates, () => '(not understood)\n') } };
    const { leftovers } = reading.value;
    if (leftovers.length === 0) return { changes: { workplaceJoin: null } };
    const text =
      certificates.kind === 'exited' ? redactCertificates(certificates.stdout, account, redactor) : '';
    const thumbprint = leftovers.some(({ kind }) => kind === 'thumbprint') ? thumbprintItem(account) : '';
    return { changes: { workplaceJoin: { text: text + thumbprint } } };
  },
};
