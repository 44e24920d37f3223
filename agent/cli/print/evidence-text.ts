import { stateText } from '../../detect/facts.ts';
import { durationText } from '../../shared/duration-text.ts';
import { withLocalTimes } from '../../shared/local-time.ts';

/** What an issue is evidenced with, in a helpdesk's words; what another version recorded keeps its own. */
const names: Readonly<Record<string, string>> = {
  activeSecondsPastDue: 'in use since it was due',
  configured: 'configured, by macOS',
  deviceId: 'device',
  expiredAt: 'expired',
  firstSeenAt: 'first seen (a second look made it certain)',
  idpMinimumLength: "the provider's shortest password",
  lastConfirmedGoodAt: 'last confirmed good',
  leftovers: 'left behind',
  macos: 'macOS',
  method: 'sign-in method',
  minLength: "this Mac's shortest password",
  promptedAt: 'macOS asks since',
  registration: 'registration',
  rules: 'rules',
  stricter: 'stricter',
  userPresent: 'the user is known to macOS',
  userState: "the user's state",
};

export function evidenceText(key: string, value: unknown): string {
  const name = Object.hasOwn(names, key) ? names[key] : key;
  if (key === 'userState' && typeof value === 'number') return `${name}: ${stateText(value)}`;
  if (key === 'activeSecondsPastDue' && typeof value === 'number') return `${name}: ${durationText(value)}`;
  return `${name}: ${valueText(value)}`;
}

/** A value of the evidence in a person's words. */
function valueText(value: unknown): string {
  if (value === null) return 'not known';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, part]) => `${key} ${valueText(part)}`)
      .join(', ');
  }
  return withLocalTimes(String(value));
}
