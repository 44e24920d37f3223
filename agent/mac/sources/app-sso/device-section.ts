import * as z from 'zod/mini';
import type { AppSso } from '../../../shared/observation.ts';
import { bundleIdentifier } from '../../parse/bundle-identifier.ts';
import { holdsGuid } from '../../parse/guid.ts';
import { deviceIdOf } from './device-id.ts';
import { parsePolicy } from './enumeration.ts';
import { methodIn, type SectionFields } from './section-fields.ts';

export interface DeviceSection {
  readonly device: NonNullable<AppSso['device']>;
  readonly extensionIdentifier: string | null;
}

const accountNames = z.array(z.string());
const seconds = z.number().check(z.nonnegative());

/** `account`: the short name to look for among the exempt accounts. */
export function readDeviceSection(fields: SectionFields, account: string | null): DeviceSection {
  const loginType = fields.enumeration('loginType');
  const method = methodIn(fields, loginType);
  const exempt = fields.read('nonPlatformSSOAccounts', accountNames);
  return {
    device: {
      registrationCompleted: fields.boolean('registrationCompleted'),
      deviceId: fields.safeText('deviceSigningCertificate', deviceIdOf),
      method,
      methodLabel: loginType.label,
      loginFrequencySeconds: fields.read('loginFrequency', seconds),
      sharedDeviceKeys: fields.boolean('sharedDeviceKeys'),
      configuredAt: fields.instant('authGracePeriodStart'),
      lastEncryptionKeyChangeAt: fields.instant('lastEncryptionKeyChange'),
      fileVaultPolicy: fields.safeText('fileVaultPolicy', parsePolicy),
      loginPolicy: fields.safeText('loginPolicy', parsePolicy),
      unlockPolicy: fields.safeText('unlockPolicy', parsePolicy),
      offlineGracePeriodSeconds: fields.gracePeriod('offlineGracePeriod'),
      requireAuthGracePeriodSeconds: fields.gracePeriod('requireAuthGracePeriod'),
      exemptAccounts: exempt?.length ?? null,
      accountExempt: exempt === null || account === null ? null : exempt.some(isAccount(account)),
    },
    extensionIdentifier: fields.safeText('extensionIdentifier', (text) =>
      bundleIdentifier.test(text) && !holdsGuid(text) ? text : null,
    ),
  };
}

/** macOS compares short names in lower case. */
function isAccount(account: string): (name: string) => boolean {
  const same = account.toLowerCase();
  return (name) => name.toLowerCase() === same;
}
