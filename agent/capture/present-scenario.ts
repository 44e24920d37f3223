import { lastKnownExtension } from '../detect/extension.ts';
import { isIssueId } from '../issues/issues.ts';
import { plainVersion } from '../mac/redact/plain-version.ts';
import type { Redactor } from '../mac/redact/redactor.ts';
import { bundleText, replaced } from '../mac/redact/values.ts';
import type { RawPoll, ScenarioPart } from '../mac/redaction.ts';
import { sources } from '../mac/sources.ts';
import { type Readings, type SourceName, sourceNames } from '../shared/observation.ts';
import { knownValue } from '../shared/reading.ts';
import { type MacSnapshot, rawPollOf } from './mac-snapshot.ts';

/**
 * A scenario's first line, and the changes at its first instant. `remarks`: what a scenario can't express.
 */
export interface Present {
  readonly head: {
    readonly scenario: string;
    readonly start: string;
    readonly macos?: string;
    readonly user: string;
    readonly settings: Readonly<Record<string, unknown>>;
  };
  readonly changes: Readonly<Record<string, unknown>>;
  /** The extension of Platform SSO, redacted; null: unknown. */
  readonly extensionIdentifier: string | null;
  /** The device ID, redacted; null: unknown. */
  readonly deviceId: string | null;
  /** The registration is complete, or unknown. */
  readonly registered: boolean;
  readonly remarks: readonly string[];
}

/** The snapshot as a scenario, redacted. */
export async function presentScenario(snapshot: MacSnapshot, redactor: Redactor): Promise<Present> {
  const { observation } = snapshot;
  const poll = rawPollOf(snapshot, redactor);
  const parts: ScenarioPart[] = [];
  // One after the other, so that the replacements do not depend on how long a source takes.
  for (const name of sourceNames) parts.push(await partOf(name, observation, poll));
  const macos = plainVersion(knownValue(observation.macos));
  return {
    head: {
      scenario: 'A redacted capture of a Mac',
      start: observation.at,
      ...(macos === null ? {} : { macos }),
      user: poll.account,
      settings: settingsOf(snapshot),
    },
    changes: Object.assign({}, ...parts.map(({ changes }) => changes)),
    extensionIdentifier: extensionOf(snapshot, redactor),
    deviceId: deviceIdOf(snapshot, redactor),
    registered: !observation.appSso.ok || observation.appSso.value.status === 'registered',
    remarks: parts.flatMap(({ remarks = [] }) => remarks),
  };
}

async function partOf<K extends SourceName>(
  name: K,
  readings: Readings,
  poll: RawPoll,
): Promise<ScenarioPart> {
  const { nameInRemarks, redaction } = sources[name];
  const reading: Readings[K] = readings[name];
  const { changes, remarks = [] } = await (await redaction()).scenario(reading, poll);
  if (nameInRemarks === undefined || reading.ok) return { changes, remarks };
  const unread = `On the Mac ${nameInRemarks} could not be read (${reading.reason}); the scenario has the default.`;
  return { changes, remarks: [unread, ...remarks] };
}

function extensionOf({ observation }: MacSnapshot, redactor: Redactor): string | null {
  const extension = lastKnownExtension({}, observation);
  if (extension === null) return null;
  const redacted = bundleText(extension, redactor);
  return redacted === replaced ? null : redacted;
}

function deviceIdOf({ observation: { appSso } }: MacSnapshot, redactor: Redactor): string | null {
  const deviceId = appSso.ok ? (appSso.value.device?.deviceId ?? null) : null;
  return deviceId === null ? null : redactor.guid(deviceId);
}

/** Settings about detection and notifications. None of them holds free text. */
const harmless = [
  'PollIntervalSeconds',
  'TroublePollIntervalSeconds',
  'IgnoredIssues',
  'NotificationsEnabled',
  'Reminders',
  'MaximumNotificationsPerDay',
  'QuietHours',
  'DisabledIssues',
  'Language',
  'IdpPasswordChangedAt',
  'IdpMinimumPasswordLength',
  'IdpCharacterClasses',
] as const;

/** Those of the harmless settings that are not the default. Unknown issue ids are left out. */
export function settingsOf({ settings }: Pick<MacSnapshot, 'settings'>): Record<string, unknown> {
  const known: Record<string, unknown> = {};
  for (const key of harmless) {
    if (settings.origins.get(key) === 'default' || !settings.origins.has(key)) continue;
    const value: unknown = settings.values[key];
    known[key] = Array.isArray(value)
      ? value.filter((one: unknown) => typeof one === 'string' && isIssueId(one))
      : value;
  }
  return known;
}
