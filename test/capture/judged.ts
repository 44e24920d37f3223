import { Redactor } from '../../agent/mac/redact/redactor.ts';
import { bundleText } from '../../agent/mac/redact/values.ts';
import type { AppSso, PasswordPolicy } from '../../agent/shared/observation.ts';

/** The same stand-ins in every run of a test. */
export function seeded(): Redactor {
  return new Redactor({ seed: 'a seed of the tests' });
}

/**
 * What is judged of an answer, with the identities in it as this redactor replaces them: so that the answer
 * to an original can be held against that to its redacted text. Labels and the names of policies are hints
 * that nothing is decided on.
 */
export function judgedAppSso(answer: AppSso, redactor: Redactor | null): unknown {
  const replaced = <T>(value: T, by: (redactor: Redactor) => T) => (redactor === null ? value : by(redactor));
  const { device, user } = answer;
  const hint = (text: string | null) => text !== null;
  return {
    ...answer,
    extensionIdentifier: replaced(answer.extensionIdentifier, (by) =>
      answer.extensionIdentifier === null ? null : bundleText(answer.extensionIdentifier, by),
    ),
    device: device && {
      ...device,
      deviceId: replaced(device.deviceId, (by) => device.deviceId && by.guid(device.deviceId)),
      methodLabel: null,
      fileVaultPolicy: hint(device.fileVaultPolicy),
      loginPolicy: hint(device.loginPolicy),
      unlockPolicy: hint(device.unlockPolicy),
    },
    user: user && { ...user, stateLabel: null, methodLabel: null },
    kerberos: answer.kerberos.map((entry) => ({
      ...entry,
      realm: replaced(entry.realm, (by) => by.realm(entry.realm)),
      ticketKeyPath:
        entry.ticketKeyPath === null || /^tgt_(ad|cloud)$/.test(entry.ticketKeyPath)
          ? entry.ticketKeyPath
          : 'tgt_other',
    })),
  };
}

/** Rules without what an admin called them. */
export function judgedPolicy(answer: PasswordPolicy): unknown {
  return {
    ...answer,
    rules: answer.rules.map((rule) => ({ ...rule, identifier: rule.identifier !== null })),
    unknownRules: answer.unknownRules.length,
  };
}
