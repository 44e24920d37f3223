import { type Dictionary, dictionaryOf } from '../../parse/dictionary.ts';
import { platformSsoOf } from './parse-sso-profile.ts';

/**
 * The payloads of the device and the user channel as macOS uses them: RegistrationToken and ExtensionData may
 * come by the user channel, and of every other key the device's value counts (Apple's deployment guide).
 * `ofUser` null: there is none. A value of another shape adds nothing.
 */
export function mergedChannels(ofDevice: unknown, ofUser: unknown): unknown {
  const device = dictionaryOf(ofDevice);
  const user = dictionaryOf(ofUser);
  if (device === null || user === null) return ofDevice;
  if (device.ExtensionIdentifier !== user.ExtensionIdentifier)
    // Such as a Kerberos payload beside the one with Platform SSO.
    return platformSsoOf(device) === null && platformSsoOf(user) !== null ? user : device;
  const token = tokenOf(device) === undefined ? tokenOf(user) : undefined;
  const { ExtensionData: data } = user;
  return {
    ...(token === undefined ? {} : { RegistrationToken: token }),
    ...(data === undefined ? {} : { ExtensionData: data }),
    ...device,
  };
}

function tokenOf(payload: Dictionary): unknown {
  return platformSsoOf(payload)?.RegistrationToken ?? payload.RegistrationToken;
}
