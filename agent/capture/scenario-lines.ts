import { lastKnownExtension } from '../detect/extension.ts';
import { isIssueId } from '../issues/issues.ts';
import type { CommandOutcome } from '../mac/runner.ts';
import { sources } from '../mac/sources.ts';
import { knownValue } from '../shared/reading.ts';
import type { MacSnapshot } from './mac-snapshot.ts';
import { redactAppSso } from './redact/app-sso.ts';
import { redactPasswordPolicy } from './redact/password-policy.ts';
import type { Redactor } from './redact/redactor.ts';
import { redactSsoProfile, unreadableProfile } from './redact/sso-profile.ts';
import { bundleText, replaced } from './redact/values.ts';
import { redactCertificates, thumbprintItem } from './redact/workplace-join.ts';

/** What a source prints in a scenario (docs/scenarios.md). */
type Printed = { readonly text: string } | { readonly fail: 'missing' | 'timeout' | 'exit' };

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
  /** The registration is complete, or unknown. */
  readonly registered: boolean;
  readonly remarks: readonly string[];
}

/** The snapshot as a scenario, redacted. */
export async function presentScenario(snapshot: MacSnapshot, redactor: Redactor): Promise<Present> {
  const { observation, who } = snapshot;
  const account = redactor.name(who.name);
  const remarks: string[] = [];
  const session = knownValue(observation.session);
  const macos = plainVersion(knownValue(observation.macos));
  const companyPortal = observation.companyPortal;
  const enrollment = knownValue(observation.enrollment);
  const appSso = snapshot.outcome('appSso', 'platform');
  const passwordPolicy = snapshot.outcome('pwpolicy', '-getaccountpolicies');
  const passwordLastSetAt = observation.account.ok ? observation.account.value.passwordLastSetAt : undefined;

  for (const { name, nameInRemarks } of Object.values(sources)) {
    const reading = observation[name];
    if (nameInRemarks !== undefined && !reading.ok)
      remarks.push(
        `On the Mac ${nameInRemarks} could not be read (${reading.reason}); the scenario has the default.`,
      );
  }
  return {
    head: {
      scenario: 'A redacted capture of a Mac',
      start: observation.at,
      ...(macos === null ? {} : { macos }),
      user: account,
      settings: settingsOf(snapshot),
    },
    changes: {
      appSso: printed(appSso, (text) => redactAppSso(text, redactor)),
      passwordPolicy: printed(passwordPolicy, (text) => redactPasswordPolicy(text, redactor)),
      workplaceJoin: workplaceJoin(snapshot, account, redactor, remarks),
      ...(passwordLastSetAt === undefined ? {} : { passwordLastSetAt }),
      profile: await profile(snapshot, redactor, remarks),
      ...(session === null ? {} : { screen: session.screen, console: session.console }),
      network: knownValue(observation.network) ?? 'online',
      focus: knownValue(observation.focus) ?? 'unknown',
      ...(companyPortal.ok ? { companyPortal: plainVersion(companyPortal.value) } : {}),
      ...(enrollment === null ? {} : { enrolled: enrollment.enrolled }),
    },
    extensionIdentifier: extensionOf(snapshot, redactor),
    registered: !observation.appSso.ok || observation.appSso.value.status === 'registered',
    remarks,
  };
}

function extensionOf({ observation }: MacSnapshot, redactor: Redactor): string | null {
  const extension = lastKnownExtension({}, observation);
  if (extension === null) return null;
  const redacted = bundleText(extension, redactor);
  return redacted === replaced ? null : redacted;
}

/** Digits and dots only: the rest of a version could be any text. */
function plainVersion(version: string | null): string | null {
  return version === null ? null : (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? null);
}

function printed(outcome: CommandOutcome | null, redact: (text: string) => string): Printed {
  switch (outcome?.kind) {
    case 'exited':
      return outcome.status === 0 ? { text: redact(outcome.stdout) } : { fail: 'exit' };
    case 'timeout':
    case 'busy':
      return { fail: 'timeout' };
    case 'tooMuchOutput':
      return { text: '(more than is read)\n' };
    case 'missing':
    case undefined:
      return { fail: 'missing' };
    case 'denied':
    case 'signalled':
      return { fail: 'exit' };
  }
}

function workplaceJoin(
  snapshot: MacSnapshot,
  account: string,
  redactor: Redactor,
  remarks: string[],
): Printed | null {
  const reading = snapshot.observation.workplaceJoin;
  const certificates = snapshot.outcome('security', 'find-certificate');
  // The keychain is not read while the screen is locked.
  if (certificates === null) return null;
  if (!reading.ok) return printed(certificates, () => '(not understood)\n');
  const { leftovers } = reading.value;
  if (leftovers.length === 0) return null;
  if (leftovers.some(({ kind }) => kind !== 'certificate'))
    remarks.push('The Mac also holds the thumbprint of an earlier Workplace Join.');
  const text =
    certificates.kind === 'exited' ? redactCertificates(certificates.stdout, account, redactor) : '';
  const thumbprint = leftovers.some(({ kind }) => kind === 'thumbprint') ? thumbprintItem(account) : '';
  return { text: text + thumbprint };
}

async function profile(
  snapshot: MacSnapshot,
  redactor: Redactor,
  remarks: string[],
): Promise<{ text: string } | null> {
  const reading = snapshot.observation.ssoProfile;
  if (reading.ok && reading.value === null) return null;
  const file = snapshot.file('com.apple.extensiblesso.plist');
  if (file?.ok) return { text: await redactSsoProfile(file.value, redactor) };
  remarks.push(
    `On the Mac the profile could not be read (${file?.reason ?? 'unknown'}); in the scenario it is malformed.`,
  );
  return { text: unreadableProfile };
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
