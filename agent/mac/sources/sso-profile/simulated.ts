import { buildBinary } from 'plist';
import type { MacState } from '../../simulated/model.ts';
import type { Renderer } from '../../simulated/renderer.ts';
import { deviceProfile, userProfileOf } from './source.ts';

/**
 * /Library/Managed Preferences/com.apple.extensiblesso.plist, binary as MDM writes it; null: there is none.
 * Where Platform SSO is not configured, it is only there if a scenario puts it there.
 */
function renderSsoProfile(mac: MacState): Uint8Array | string | null {
  if (mac.profile === null) return null;
  if (mac.profile !== 'own') return mac.profile.text ?? null;
  if (mac.psso === null) return null;
  const methods = {
    password: 'Password',
    secureEnclaveKey: 'UserSecureEnclaveKey',
    smartCard: 'SmartCard',
    accessKey: 'AccessKey',
    openId: 'OpenID',
    none: 'Password',
  } as const;
  const method = methods[mac.psso.method];
  const platformSso = { AccountDisplayName: 'Microsoft Entra', UseSharedDeviceKeys: true };
  const macos13 = Number.parseInt(mac.macos, 10) < 14;
  return buildBinary({
    ExtensionIdentifier: 'com.microsoft.CompanyPortalMac.ssoextension',
    TeamIdentifier: 'UBF8T346G9',
    Type: 'Redirect',
    URLs: ['https://login.microsoftonline.com', 'https://login.microsoft.com'],
    RegistrationToken: 'simulated-registration-token',
    ...(macos13
      ? { AuthenticationMethod: method }
      : { PlatformSSO: { ...platformSso, AuthenticationMethod: method } }),
  });
}

export const renderer: Renderer = {
  files: (mac) => [
    [deviceProfile, renderSsoProfile(mac)],
    [
      userProfileOf(mac.user),
      mac.profile === null || mac.profile === 'own' ? null : (mac.profile.userText ?? null),
    ],
  ],
};
