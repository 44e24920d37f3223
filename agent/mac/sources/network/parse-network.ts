/** SCNetworkReachability.h: kSCNetworkReachabilityFlagsReachable, …ConnectionRequired. */
const reachable = 0x2;
const connectionRequired = 0x4;

/**
 * `scutil --nwi`: whether some IPv4 or IPv6 network is reachable without dialling first. The `REACH` lines
 * sum up each address family; where they are missing, the interfaces' own flags count, and last the list of
 * interfaces. Null: not this command's output, or cut off. Layout: configd, scutil.tproj/net.c.
 */
export function parseNetwork(text: string): 'online' | 'offline' | null {
  if (!/network information|network interface/i.test(text)) return null;
  const summary = flagsOf(text, /\bREACH\s*:\s*flags\s+(0x[0-9a-f]{1,8})/g);
  const flags = summary.length > 0 ? summary : flagsOf(text, /\breach\s*:?\s+(0x[0-9a-f]{1,8})/g);
  if (flags.length > 0) {
    return flags.some((flag) => (flag & reachable) !== 0 && (flag & connectionRequired) === 0)
      ? 'online'
      : 'offline';
  }
  const interfaces = /^[ \t]*Network interfaces:[ \t]*(.*)$/m.exec(text)?.[1];
  if (interfaces !== undefined) return interfaces.trim() === '' ? 'offline' : 'online';
  return /\bNo (?:IPv[46] states found|network information)\b/i.test(text) ? 'offline' : null;
}

function flagsOf(text: string, shape: RegExp): number[] {
  return Array.from(text.matchAll(shape), (match) => Number(match[1]));
}
