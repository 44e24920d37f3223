import { domainToASCII } from 'node:url';
import { build } from 'plist';
import { type MacSnapshot, takeSnapshot } from '../../agent/capture/mac-snapshot.ts';
import { certificate } from '../../agent/mac/simulated/certificate.ts';
import { VirtualMac } from '../../agent/simulation/virtual-mac.ts';
import { device, login, print, user } from '../mac/sources/app-sso/printed-app-sso.ts';

/** Whose Mac it is, in all the places where macOS says so. */
export interface Identities {
  readonly account: string;
  /** The name at the identity provider, before the @. */
  readonly local: string;
  readonly domain: string;
  readonly tenant: string;
  readonly deviceId: string;
  readonly organisation: string;
  /** Base64, all of one length. */
  readonly keys: readonly [string, string, string];
}

const start = Date.parse('2026-11-23T09:00:00Z');

export function textsOf(who: Identities) {
  const { account, local, domain, tenant, deviceId, organisation, keys } = who;
  // A realm is ASCII.
  const realm = domainToASCII(domain).toUpperCase();
  const appSso = print({
    device: {
      ...device,
      _deviceSigningKeyData: keys[0],
      deviceSigningCertificate: certificate(deviceId, 0),
      accountDisplayName: organisation,
      administratorGroups: [`${organisation} admins`],
      nonPlatformSSOAccounts: ['kiosk', account],
    },
    login: {
      ...login,
      accountDisplayName: organisation,
      issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
      tokenEndpointURL: `https://sso.${domain}/${encodeURIComponent(local)}/token?user=${encodeURIComponent(local)}`,
      deviceContext: keys[1],
    },
    user: {
      ...user,
      _credential: keys[2],
      kerberosStatus: [
        {
          realm,
          upn: `${local}\\@${domain}@${realm}`,
          cacheName: tenant.toUpperCase(),
          ticketKeyPath: 'tgt_ad',
        },
      ],
      uniqueIdentifier: tenant.toUpperCase(),
      userLoginConfiguration: { loginUserName: `${local.slice(0, 1)}***@${domain}` },
      userUnlockCertificate: certificate('Platform SSO', 1),
    },
  });
  const profile = build({
    ExtensionIdentifier: 'com.microsoft.CompanyPortalMac.ssoextension',
    URLs: [`https://sso.${domain}/adfs`],
    ExtensionData: { tenant_id: tenant, owner: local },
    PayloadOrganization: organisation,
    PlatformSSO: {
      AuthenticationMethod: 'Password',
      AccountDisplayName: organisation,
      NonPlatformSSOAccounts: [account],
      RegistrationToken: keys[0],
    },
  });
  const passwordPolicy = build({
    policyCategoryPasswordContent: [
      {
        policyContent: "policyAttributePassword matches '.{12,}'",
        policyIdentifier: `${organisation}: twelve characters`,
        policyContentDescription: { en: `${organisation} asks for twelve characters.` },
      },
      {
        policyContent: `policyAttributePassword matches '^(?!.*${RegExp.escape(local)}).*$'`,
        policyIdentifier: 'not your name',
      },
    ],
  });
  const workplaceJoin =
    `keychain: "/Users/${account}/Library/Keychains/login.keychain-db"\nattributes:\n    "alis"<blob>="${tenant}"\n` +
    `    "issu"<blob>="MS-ORGANIZATION-ACCESS"\n    "labl"<blob>="${tenant}"\n    "subj"<blob>="${organisation}"\n`;
  return { appSso, profile, passwordPolicy, workplaceJoin };
}

/** A snapshot of the Mac of these people. */
export async function snapshotOfMacOf(who: Identities): Promise<MacSnapshot> {
  const mac = new VirtualMac({ start, macos: '15.6', user: who.account });
  const { appSso, profile, passwordPolicy, workplaceJoin } = textsOf(who);
  mac.apply({
    appSso: { text: appSso },
    profile: { text: profile },
    passwordPolicy: { text: passwordPolicy },
    workplaceJoin: { text: workplaceJoin },
  });
  const { runner, files, clock } = mac;
  return await takeSnapshot({
    runner,
    files,
    who: mac.who,
    clock,
    computerName: `mac-of-${who.account}.${who.domain}`,
  });
}

/** Lines of a log in which another program says it all. */
export function logOf({ account, local, domain, tenant, deviceId, organisation, keys }: Identities): string {
  const line = (message: string) =>
    `${JSON.stringify({ level: 'error', time: '2026-11-23T09:00:00.000Z', err: { type: 'Error', message, stack: `Error: ${message}\n    at open (/Users/${account}/x.js:1:2)` }, msg: 'Could not write to the database; the next cycle tries again.' })}\n`;
  return [
    `can't open '/Users/${account}/Library/x' for ${local}@${domain} (${local}\\@${domain}@${domain.toUpperCase()})`,
    `${organisation}: ${tenant} ${deviceId.toUpperCase()} ${keys[0]} ${Buffer.from(`${local}@${domain}`).toString('base64url')}`,
    `https://sso.${domain}/${encodeURIComponent(local)}/?login_hint=${encodeURIComponent(`${local}@${domain}`)}`,
    `JSON: ${JSON.stringify({ upn: `${local}\\@${domain}` })}, eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify({ upn: local })).toString('base64url')}.`,
  ]
    .map(line)
    .join('');
}
