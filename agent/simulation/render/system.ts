import { build, buildBinary } from 'plist';
import type { MacState } from '../model.ts';
import { ctime } from './instants.ts';

/**
 * `ioreg -n Root -d1`, or with `-w WIDTH`. Nearly all of it is one line: the object counts of all kernel
 * classes, some of which differ on every call (as published of macOS 14, 26 and 27). `-w` cuts each line and
 * ends it with a dollar sign (Apple's ioreg.c).
 */
export function renderIoreg(mac: MacState, now: number, width: number | null): string {
  const whole = renderRoot(mac, now);
  if (width === null) return whole;
  return whole
    .split('\n')
    .map((line) => (line.length < width ? line : `${line.slice(0, width - 1)}$`))
    .join('\n');
}

/** As many classes, and as long a line, as were published of a Mac with macOS 26. */
const kernelClasses = Array.from(
  { length: 2_900 },
  (_, index) => `"AppleSimulatedKernelClass${index}"=${index % 7}`,
).join(',');

function renderDiagnostics(now: number): string {
  const moving = Math.floor(now / 1000) % 100_000;
  const allocated = `"Instance allocation"=${41_272_888 + moving},"Container allocation"=${8_637_715 + moving},"Pageable allocation"=1958953104`;
  return `{${allocated},"Classes"={"OSArray"=${43_686 + moving},${kernelClasses}}}`;
}

function renderRoot(mac: MacState, now: number): string {
  const locked = mac.screen === 'locked';
  const active = mac.console === 'active';
  const ours = [
    `"kCGSSessionOnConsoleKey"=${active ? 'Yes' : 'No'}`,
    '"kSCSecuritySessionID"=100005',
    ...(locked ? ['"CGSSessionScreenIsLocked"=Yes', '"CGSSessionScreenLockedTime"=3600'] : []),
    '"kCGSSessionUserIDKey"=501',
    `"kCGSSessionUserNameKey"="${mac.user}"`,
    '"kCGSessionLoginDoneKey"=Yes',
    '"kCGSSessionIDKey"=257',
  ];
  const other = [
    '"kCGSSessionOnConsoleKey"=Yes',
    '"kCGSSessionUserIDKey"=502',
    '"kCGSSessionUserNameKey"="colleague"',
    '"kCGSSessionIDKey"=258',
  ];
  const users = active ? [ours] : [ours, other];
  return `+-o Root  <class IORegistryEntry, id 0x100000100, retain 31>
    {
      "IOKitBuildVersion" = "Darwin Kernel Version 24.6.0"
      "OS Build Version" = "24G84"
      "IOConsoleLocked" = ${locked ? 'Yes' : 'No'}
      "IOConsoleUsers" = (${users.map((user) => `{${user.join(',')}}`).join(',')})
      "IORegistryPlanes" = {"IOService"="IOService"}
      "IOKitDiagnostics" = ${renderDiagnostics(now)}
    }
    
`;
}

/** `sysctl kern.boottime kern.sleeptime kern.waketime`. A Mac that has not slept yet prints zero. */
export function renderSysctl(mac: MacState): string {
  const line = (name: string, at: number | null) => {
    const sec = at === null ? 0 : Math.floor(at / 1000);
    const usec = at === null ? 0 : (at % 1000) * 1000;
    return `kern.${name}: { sec = ${sec}, usec = ${usec} } ${ctime(sec * 1000)}\n`;
  };
  return line('boottime', mac.bootedAt) + line('sleeptime', mac.sleptAt) + line('waketime', mac.wokeAt);
}

/** `sw_vers -productVersion`. */
export function renderSwVers(mac: MacState): string {
  return `${mac.macos}\n`;
}

/** `scutil --nwi`. */
export function renderScutil(mac: MacState): string {
  if (mac.network === 'offline')
    return 'Network information\n\nIPv4 network interface information\n   No IPv4 states found\n\n\n   REACH : flags 0x00000000 (Not Reachable)\n\nIPv6 network interface information\n   No IPv6 states found\n\n\n   REACH : flags 0x00000000 (Not Reachable)\n\n';
  return `Network information

IPv4 network interface information
     en0 : flags      : 0x5 (IPv4,DNS)
           address    : 192.0.2.17
           reach      : 0x00000002 (Reachable)

   REACH : flags 0x00000002 (Reachable)

IPv6 network interface information
   No IPv6 states found


   REACH : flags 0x00000000 (Not Reachable)

Network interfaces: en0
`;
}

/** `profiles status -type enrollment`. */
export function renderProfiles(mac: MacState): string {
  return mac.enrolled
    ? 'Enrolled via DEP: Yes\nMDM enrollment: Yes (User Approved)\nMDM server: https://mdm.contoso.example/mdm\n'
    : 'Enrolled via DEP: No\nMDM enrollment: No\n';
}

/** `log show --style ndjson`: a few lines of AppSSOAgent, slashes escaped as macOS escapes them. */
export function renderLog(mac: MacState): string {
  const line = (message: string, at: number) =>
    JSON.stringify({
      timezoneName: '',
      messageType: 'Default',
      eventType: 'logEvent',
      source: null,
      subsystem: 'com.apple.AppSSO',
      category: 'PODiagnostics',
      processImagePath: '/System/Library/PrivateFrameworks/AppSSO.framework/Support/AppSSOAgent',
      timestamp: `${new Date(at).toISOString().slice(0, 23).replace('T', ' ')}000+0000`,
      eventMessage: message,
      processID: 1095,
    }).replaceAll('/', '\\/');
  const at = mac.psso?.receivedAt ?? mac.bootedAt;
  return `${line('Login Result = POLoginResultSuccess (1)', at)}\n${line('user state = 0 on <private>', at)}\n{"count":2,"finished":1}\n`;
}

/**
 * /Library/Managed Preferences/com.apple.extensiblesso.plist, binary as MDM writes it; null: there is none.
 * Where Platform SSO is not configured, it is only there if a scenario puts it there.
 */
export function renderSsoProfile(mac: MacState): Uint8Array | string | null {
  if (mac.profile === null) return null;
  if (mac.profile !== 'own') return mac.profile.text;
  if (mac.psso === null) return null;
  const methods = {
    password: 'Password',
    secureEnclaveKey: 'UserSecureEnclaveKey',
    smartCard: 'SmartCard',
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

/** ~/Library/Preferences/.GlobalPreferences.plist, binary; the languages are English, then German. */
export function renderGlobalPreferences(): Uint8Array {
  return buildBinary({
    AppleLanguages: ['en-GB', 'de-DE'],
    AppleLocale: 'en_GB',
    AppleInterfaceStyle: 'Dark',
  });
}

/** /Applications/Company Portal.app/Contents/Info.plist; null: not installed. */
export function renderCompanyPortal(mac: MacState): string | null {
  if (mac.companyPortal === null) return null;
  return `${build({ CFBundleIdentifier: 'com.microsoft.CompanyPortalMac', CFBundleShortVersionString: mac.companyPortal })}\n`;
}

/** ~/Library/DoNotDisturb/DB/Assertions.json; null: may not be read, as without Full Disk Access. */
export function renderAssertions(mac: MacState): string | null {
  if (mac.focus === 'unknown') return null;
  const records =
    mac.focus === 'on'
      ? [{ assertionDetails: { assertionDetailsModeIdentifier: 'com.apple.donotdisturb.mode.default' } }]
      : [];
  return JSON.stringify({ data: [{ storeAssertionRecords: records }], header: { version: 8 } });
}

/**
 * /Library/Managed Preferences/io.github.psso-monitor.plist, binary as MDM writes it; null: nothing is
 * managed.
 */
export function renderSettings(mac: MacState): Uint8Array | null {
  const entries = Object.entries(mac.settings).filter(([, value]) => value !== null && value !== undefined);
  if (entries.length === 0) return null;
  return buildBinary(JSON.parse(JSON.stringify(Object.fromEntries(entries))));
}

const notFound =
  'security: SecKeychainSearchCopyNext: The specified item could not be found in the keychain.\n';

/** `security` without leftovers of Workplace Join. */
export function renderSecurity(command: string): { status: number; stdout: string; stderr: string } {
  return command === 'find-generic-password'
    ? { status: 44, stdout: '', stderr: notFound }
    : { status: 0, stdout: '', stderr: '' };
}
