import type { MacState } from '../../simulated/model.ts';
import { always, printed, type Renderer } from '../../simulated/renderer.ts';

/** `scutil --nwi`. */
function renderScutil(mac: MacState): string {
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

export const renderer: Renderer = { command: 'scutil', answer: (mac) => always(printed(renderScutil(mac))) };
