// settings/: managed preferences and the user's file become effective settings, each with its origin.
// `schema.ts` lists all settings; a wrong value is named and not used.

import * as z from 'zod/mini';
import { noOrganisation, type Organisation } from '../issues/organisation.ts';
import { sanitiseLine } from '../shared/safe-text.ts';
import {
  type Definition,
  definitions,
  isSettingKey,
  type SettingKey,
  type Settings,
  settingKeys,
} from './schema.ts';

/** The origin of a value; a managed value wins. */
type Origin = 'managed' | 'user' | 'default';

export interface SettingProblem {
  readonly key: string;
  readonly origin: Origin;
  /**
   * What is wrong and what is valid, in one sentence. Never contains the given text, which may be anything.
   */
  readonly message: string;
}

export interface EffectiveSettings {
  readonly values: Settings;
  readonly origins: ReadonlyMap<SettingKey, Origin>;
  readonly problems: readonly SettingProblem[];
  /** The contacts, and what is set for issues: see settings/own-issues-of.ts. */
  readonly organisation: Organisation;
}

export interface SettingsLayer {
  readonly origin: 'managed' | 'user';
  readonly entries: Readonly<Record<string, unknown>>;
}

/** Keys that MDM adds to every payload. */
export const ofThePayload = /^(Payload|_)/;

/** A key as a scenario writes it: `quietHours` is `QuietHours`. */
function canonical(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}

interface Candidate {
  readonly origin: 'managed' | 'user';
  readonly value: unknown;
}

/**
 * Returns the effective values. `layers` are in order of precedence, the strongest first. An invalid value
 * becomes a problem, and the next layer decides; it never stops the agent.
 */
export function effectiveSettings(layers: readonly SettingsLayer[]): EffectiveSettings {
  const { candidates, problems } = candidatesOf(layers);
  const origins = new Map<SettingKey, Origin>(settingKeys.map((key) => [key, 'default']));
  function effective<T>(key: SettingKey, { type, fallback, expected, doubt, mistake }: Definition<T>): T {
    for (const { origin, value } of candidates.get(key) ?? []) {
      const checked = z.safeParse(type(), value);
      if (checked.success) {
        origins.set(key, origin);
        const message = doubt?.(checked.data) ?? null;
        if (message !== null) problems.push({ key, origin, message });
        return checked.data;
      }
      problems.push({
        key,
        origin,
        message: `The setting ${key} must be ${expected}, not ${mistake?.(value) ?? kindOf(value)}; it is ignored.`,
      });
    }
    return fallback;
  }

  const d = definitions;
  const values: Settings = {
    PollIntervalSeconds: effective('PollIntervalSeconds', d.PollIntervalSeconds),
    TroublePollIntervalSeconds: effective('TroublePollIntervalSeconds', d.TroublePollIntervalSeconds),
    IgnoredIssues: effective('IgnoredIssues', d.IgnoredIssues),
    UnifiedLogEnabled: effective('UnifiedLogEnabled', d.UnifiedLogEnabled),
    NetworkProbeEnabled: effective('NetworkProbeEnabled', d.NetworkProbeEnabled),
    NotificationsEnabled: effective('NotificationsEnabled', d.NotificationsEnabled),
    NotificationChannel: effective('NotificationChannel', d.NotificationChannel),
    Reminders: effective('Reminders', d.Reminders),
    MaximumNotificationsPerDay: effective('MaximumNotificationsPerDay', d.MaximumNotificationsPerDay),
    QuietHours: effective('QuietHours', d.QuietHours),
    DisabledIssues: effective('DisabledIssues', d.DisabledIssues),
    Language: effective('Language', d.Language),
    OrganizationName: effective('OrganizationName', d.OrganizationName),
    HelpdeskName: effective('HelpdeskName', d.HelpdeskName),
    HelpdeskURL: effective('HelpdeskURL', d.HelpdeskURL),
    HelpdeskPhone: effective('HelpdeskPhone', d.HelpdeskPhone),
    Issues: effective('Issues', d.Issues),
    RetentionDays: effective('RetentionDays', d.RetentionDays),
    StoredIdentity: effective('StoredIdentity', d.StoredIdentity),
    IdentityHashKey: effective('IdentityHashKey', d.IdentityHashKey),
    LogLevel: effective('LogLevel', d.LogLevel),
    CollectURL: effective('CollectURL', d.CollectURL),
    UnifiedLogIssues: effective('UnifiedLogIssues', d.UnifiedLogIssues),
    IdpPasswordChangedAt: effective('IdpPasswordChangedAt', d.IdpPasswordChangedAt),
    IdpMinimumPasswordLength: effective('IdpMinimumPasswordLength', d.IdpMinimumPasswordLength),
    IdpCharacterClasses: effective('IdpCharacterClasses', d.IdpCharacterClasses),
  };
  return { values, origins, problems, organisation: organisationOf(values) };
}

/** The values of each setting, the strongest first, and what is wrong with the keys. */
function candidatesOf(layers: readonly SettingsLayer[]): {
  candidates: ReadonlyMap<SettingKey, readonly Candidate[]>;
  problems: SettingProblem[];
} {
  const problems: SettingProblem[] = [];
  const candidates = new Map<SettingKey, Candidate[]>();
  for (const { origin, entries } of layers) {
    const spelt = new Set<string>();
    for (const [written, value] of Object.entries(entries)) {
      if (ofThePayload.test(written)) continue;
      const key = canonical(written);
      if (spelt.has(key)) {
        const message = `The setting ${key} occurs twice, once with a lower-case initial; only one of the two is used.`;
        problems.push({ key, origin, message });
      }
      spelt.add(key);
      if (isSettingKey(key) && origin === 'user' && !definitions[key].userMaySet)
        problems.push({
          key,
          origin,
          message: `The setting ${key} can only be set by the admin; it is ignored.`,
        });
      else if (isSettingKey(key)) candidates.set(key, [...(candidates.get(key) ?? []), { origin, value }]);
      else problems.push(unknownSetting(sanitiseLine(written, 60), origin));
    }
  }
  return { candidates, problems };
}

function organisationOf(values: Settings): Organisation {
  const { OrganizationName, HelpdeskName, HelpdeskURL, HelpdeskPhone } = values;
  return {
    ...noOrganisation,
    contacts: {
      organizationName: OrganizationName,
      helpdeskName: HelpdeskName,
      helpdeskUrl: HelpdeskURL,
      helpdeskPhone: HelpdeskPhone,
    },
  };
}

function unknownSetting(key: string, origin: Origin): SettingProblem {
  return { key, origin, message: `There is no setting "${key}"; it is ignored.` };
}

function kindOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return 'this text';
  if (value instanceof Date) return 'a date';
  if (Array.isArray(value)) return 'this list';
  return typeof value === 'object' && value !== null ? 'this dictionary' : 'nothing';
}
