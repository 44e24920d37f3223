import type { MacState } from '../../simulated/model.ts';
import { printed, type Renderer } from '../../simulated/renderer.ts';

/**
 * `ioreg -n Root -d1`, or with `-w WIDTH`. Nearly all of it is one line: the object counts of all kernel
 * classes, some of which differ on every call (as published of macOS 14, 26 and 27). `-w` cuts each line and
 * ends it with a dollar sign (Apple's ioreg.c).
 */
function renderIoreg(mac: MacState, now: number, width: number | null): string {
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

export const renderer: Renderer = {
  command: 'ioreg',
  answer: (mac, args) => (now) => printed(renderIoreg(mac, now, widthIn(args))),
};

function widthIn(args: readonly string[]): number | null {
  const at = args.indexOf('-w');
  return at === -1 ? null : Number(args[at + 1]);
}
