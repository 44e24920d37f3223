import { durationText } from '../../shared/duration-text.ts';
import { withLocalTimes } from '../../shared/local-time.ts';
import { userStateText } from '../../shared/user-state-text.ts';

/** Names of evidence for the helpdesk. An unknown key of another version keeps its name. */
const names: Readonly<Record<string, string>> = {
  activeSecondsPastDue: 'active time since the due time',
  configured: 'configured in macOS',
  deviceId: 'device',
  endsAt: 'end of the grace period',
  expiredAt: 'expired',
  firstSeenAt: 'first sighting (confirmed by a second poll)',
  inspectedHosts: 'hosts whose connections a proxy opens',
  idpMinimumLength: "minimum length of the provider's passwords",
  lastConfirmedGoodAt: 'last confirmed good',
  leftovers: 'leftovers',
  macos: 'macOS',
  method: 'sign-in method',
  minLength: "minimum length of this Mac's passwords",
  neverSignedIn: 'the user has never signed in',
  offlineGracePeriodSeconds: 'offline grace period in seconds',
  places: 'places',
  profileMistakes: 'mistakes in the profile',
  promptedAt: 'prompt since',
  registration: 'registration',
  requireAuthGracePeriodSeconds: 'grace period for accounts without a registration, in seconds',
  rules: 'rules',
  rulesNotCompared: "rules that can't be compared, and may refuse a work password",
  stricter: 'stricter',
  touchIdAllowedForUnlock: 'Touch ID or the watch may unlock',
  tokenVariable: 'form of the variable',
  userPresent: 'macOS lists the user',
  userState: 'state of the user',
  userStateName: 'name of that state',
  watchAllowed: 'the watch is enough',
};

/** One value of the evidence, with its name, for people. */
export function evidenceText(key: string, value: unknown): string {
  const name = Object.hasOwn(names, key) ? names[key] : key;
  if (key === 'userState' && typeof value === 'number') return `${name}: ${userStateText(value)}`;
  if (key === 'activeSecondsPastDue' && typeof value === 'number') return `${name}: ${durationText(value)}`;
  return `${name}: ${valueText(value)}`;
}

function valueText(value: unknown): string {
  if (value === null) return 'unknown';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, part]) => `${key} ${valueText(part)}`)
      .join(', ');
  }
  return withLocalTimes(String(value));
}
