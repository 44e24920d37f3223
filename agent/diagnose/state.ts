import type { MacSnapshot } from '../capture/mac-snapshot.ts';
import { redactAppSso } from '../capture/redact/app-sso.ts';
import type { FreeText } from '../capture/redact/free-text.ts';
import { redactPasswordPolicy } from '../capture/redact/password-policy.ts';
import type { Redactor } from '../capture/redact/redactor.ts';
import { redactSsoProfile } from '../capture/redact/sso-profile.ts';
import { bundleText } from '../capture/redact/values.ts';
import { settingsOf } from '../capture/scenario-lines.ts';
import type { CommandOutcome } from '../mac/runner.ts';
import { parseAppSso } from '../mac/sources/app-sso/parse-app-sso.ts';
import { parsePasswordPolicy } from '../mac/sources/password-policy/parse-password-policy.ts';
import { definitions, settingKeys } from '../settings/schema.ts';

/** The redacted output of macOS by file name. A failed command has no file. */
export async function printedState(
  snapshot: MacSnapshot,
  redactor: Redactor,
): Promise<Record<string, string>> {
  const appSso = stdoutOf(snapshot.outcome('appSso', 'platform'));
  const policy = stdoutOf(snapshot.outcome('pwpolicy', '-getaccountpolicies'));
  const profile = snapshot.file('com.apple.extensiblesso.plist');
  return {
    ...(appSso === null ? {} : { 'state/app-sso.txt': redactAppSso(appSso, redactor) }),
    ...(policy === null ? {} : { 'state/password-policy.txt': redactPasswordPolicy(policy, redactor) }),
    ...(profile?.ok ? { 'state/extensiblesso.plist': await redactSsoProfile(profile.value, redactor) } : {}),
  };
}

function stdoutOf(outcome: CommandOutcome | null): string | null {
  return outcome?.kind === 'exited' ? outcome.stdout : null;
}

/** The observation, redacted. Texts with identities are redacted first and then parsed. */
export function understoodState(snapshot: MacSnapshot, redactor: Redactor, freeText: FreeText): unknown {
  // `others` holds only instants, versions, counts and switches; a test checks this.
  const { appSso, passwordPolicy, ssoProfile, companyPortal, account, ...others } = snapshot.observation;
  const appSsoText = stdoutOf(snapshot.outcome('appSso', 'platform')) ?? '';
  const policyText = stdoutOf(snapshot.outcome('pwpolicy', '-getaccountpolicies')) ?? '';
  const name = redactor.name(snapshot.who.name);
  const extension = ssoProfile.ok ? (ssoProfile.value?.extensionIdentifier ?? null) : null;
  return {
    ...others,
    account: accountOf(account),
    workplaceJoin: workplaceJoinOf(others.workplaceJoin, redactor),
    companyPortal: companyPortal.ok
      ? { ok: true, value: companyPortal.value && freeText.redact(companyPortal.value, 'foreign') }
      : companyPortal,
    appSso: appSso.ok
      ? { ok: true, value: parseAppSso(redactAppSso(appSsoText, redactor), { account: name }) }
      : appSso,
    passwordPolicy: passwordPolicy.ok
      ? {
          ok: true,
          value: {
            ...parsePasswordPolicy(redactPasswordPolicy(policyText, redactor)),
            stricterThanIdp: passwordPolicy.value.stricterThanIdp,
            stricter: passwordPolicy.value.stricter,
          },
        }
      : passwordPolicy,
    ssoProfile:
      ssoProfile.ok && ssoProfile.value !== null
        ? {
            ok: true,
            value: {
              ...ssoProfile.value,
              digest: redactor.key(ssoProfile.value.digest),
              extensionIdentifier: extension === null ? null : bundleText(extension, redactor),
            },
          }
        : ssoProfile,
  };
}

/** Names of rules are an admin's own words. */
function accountOf(reading: MacSnapshot['observation']['account']) {
  const own = reading.ok ? reading.value.ownPasswordPolicy : undefined;
  if (!reading.ok || own === undefined) return reading;
  const ownPasswordPolicy = {
    ...own,
    rules: own.rules.map((rule) => ({ ...rule, identifier: null })),
    unknownRules: own.unknownRules.map(() => 'a rule'),
  };
  return { ok: true, value: { ...reading.value, ownPasswordPolicy } };
}

function workplaceJoinOf(reading: MacSnapshot['observation']['workplaceJoin'], redactor: Redactor) {
  if (!reading.ok) return reading;
  const leftovers = reading.value.leftovers.map(({ kind, deviceId }) => ({
    kind,
    deviceId: deviceId === null ? null : redactor.guid(deviceId),
  }));
  return { ok: true, value: { leftovers } };
}

/** Every setting with its origin. A value with a free text of the admin becomes "(set)". */
export function settingsState({ settings }: Pick<MacSnapshot, 'settings'>, freeText: FreeText): unknown {
  const harmless = settingsOf({ settings });
  return {
    settings: settingKeys.map((key) => {
      const origin = settings.origins.get(key) ?? 'default';
      const value = origin === 'default' ? definitions[key].fallback : (harmless[key] ?? '(set)');
      return { key, origin, value };
    }),
    problems: settings.problems.map(({ key, origin, message }) => ({
      key: key === '' ? '' : freeText.redact(key, 'foreign'),
      origin,
      message: freeText.redact(message, 'foreign'),
    })),
  };
}
