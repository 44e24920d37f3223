import { buildBinary } from 'plist';
import { type IdentityProvider, identityProviderOf } from '../../../shared/identity-provider.ts';
import type { Method } from '../../../shared/observation.ts';
import type { MacState, Psso } from '../../simulated/model.ts';
import type { Renderer } from '../../simulated/renderer.ts';
import { parseAppSso } from '../app-sso/parse-app-sso.ts';
import { accountDisplayName } from '../app-sso/simulated-login.ts';
import { deviceProfile, userProfileOf } from './profile-files.ts';

/** What the payload says about the extension's vendor. */
const vendors: Readonly<
  Record<IdentityProvider, { readonly team: string; readonly urls: readonly string[] }>
> = {
  entra: {
    team: 'UBF8T346G9',
    urls: ['https://login.microsoftonline.com', 'https://login.microsoft.com'],
  },
  okta: { team: 'B7F62B65BN', urls: ['https://example.okta.com'] },
  other: { team: 'EXAMPLE123', urls: ['https://login.idp.example'] },
};

/**
 * /Library/Managed Preferences/com.apple.extensiblesso.plist, binary as MDM writes it; null: there is none.
 * Where Platform SSO is not configured, it is only there if a scenario puts it there.
 */
function renderSsoProfile(mac: MacState): Uint8Array | string | null {
  if (mac.profile === null) return null;
  if (mac.profile !== 'own') return mac.profile.text ?? null;
  if (mac.psso === null) return null;
  const { method, extensionIdentifier } = configured(mac, mac.psso);
  const { team, urls } = vendors[identityProviderOf(extensionIdentifier) ?? 'other'];
  const platformSso = {
    AccountDisplayName: accountDisplayName(extensionIdentifier),
    UseSharedDeviceKeys: true,
  };
  const macos13 = Number.parseInt(mac.macos, 10) < 14;
  return buildBinary({
    ExtensionIdentifier: extensionIdentifier,
    TeamIdentifier: team,
    Type: 'Redirect',
    URLs: [...urls],
    RegistrationToken: 'simulated-registration-token',
    ...(macos13
      ? { AuthenticationMethod: method }
      : { PlatformSSO: { ...platformSso, AuthenticationMethod: method } }),
  });
}

const methods: Readonly<Record<Method, string>> = {
  password: 'Password',
  secureEnclaveKey: 'UserSecureEnclaveKey',
  smartCard: 'SmartCard',
  accessKey: 'AccessKey',
  openId: 'OpenID',
  none: 'Password',
  unknown: 'Password',
};

/** The profile configures what `app-sso` prints, also where a scenario gives its text. */
function configured({ appSso }: MacState, psso: Psso): { method: string; extensionIdentifier: string } {
  const printed = appSso !== null && 'text' in appSso ? parseAppSso(appSso.text) : null;
  const ofDevice = printed?.device?.method ?? 'unknown';
  return {
    method: methods[ofDevice === 'unknown' ? psso.method : ofDevice],
    extensionIdentifier: printed?.extensionIdentifier ?? psso.extensionIdentifier,
  };
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
