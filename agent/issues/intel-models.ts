/**
 * The models with an Intel processor that can run macOS 13 or later. The list is complete: newer Macs have
 * Apple silicon, and a virtual Mac is `VirtualMac`.
 */
const intel =
  /^(?:MacBookPro1[4-6],\d|MacBookAir[89],\d|MacBook10,1|Macmini8,1|iMac(?:1[89]|20),\d|iMacPro1,1|MacPro7,1)$/;

export function isIntelModel(model: string): boolean {
  return intel.test(model);
}
