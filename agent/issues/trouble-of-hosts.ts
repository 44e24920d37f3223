import { providerOfMac } from '../detect/extension.ts';
import type { Memory } from '../detect/memory.ts';

/** The issues that a host which is not reached, or a proxy before it, can cause. */
const caused: readonly string[] = [
  'psso-not-registered',
  'registration-long-running-macos14',
  'registration-long-running-macos13',
  'registration-needs-repair',
  'deregister-reregister-macos13',
  'sso-tokens-missing',
  'sso-tokens-expired',
  'sso-token-refresh-overdue',
  'password-change-window-overdue',
  'password-change-prompt-pending',
  'user-authentication-required',
];

/** Whether such an issue was found, or is open, on a Mac with Entra ID, whose hosts are probed. */
export function hasTroubleOfHosts(memory: Memory): boolean {
  return caused.some((id) => memory.sightings[id] !== undefined) && providerOfMac(memory) === 'entra';
}
