import { identityProviderOf } from '../../../shared/identity-provider.ts';
import type { AppSso } from '../../../shared/observation.ts';
import { needsBinding, userStateOf } from '../../../shared/user-state.ts';
import { isoOfPrinted } from '../../parse/timestamp.ts';
import { type DeviceSection, readDeviceSection } from './device-section.ts';
import { parseObject, SectionFields } from './section-fields.ts';
import { type AppSsoOutputs, findAppSsoOutputs, type Section } from './sections.ts';
import { readTokens } from './tokens.ts';
import { readUserSection, type UserSection } from './user-section.ts';

export interface AppSsoOptions {
  /** The short name of the watched account, to say whether it is exempt. It never appears in the answer. */
  readonly account?: string;
}

/**
 * What a section comes to: `unusable` is a missing, cut off or unreadable one, which is evidence of nothing.
 */
type Evidence<T> =
  | { readonly kind: 'null' }
  | { readonly kind: 'unusable' }
  | { readonly kind: 'read'; readonly value: T };

/**
 * Parses the output of `app-sso platform -s` (contract: docs/contracts.md). Never throws; time and memory
 * grow linearly with the text. No key, certificate, token or name is in the result or its warnings.
 */
export function parseAppSso(text: string, options: AppSsoOptions = {}): AppSso {
  if (text.trim() === '') return unknownAppSso('empty');
  const outputs = findAppSsoOutputs(text);
  const { chosen } = outputs;
  if (chosen === null) return unknownAppSso('malformed', ['there is no section of app-sso platform -s']);

  const warnings = warningsAbout(outputs);
  const observedAt = chosen.time === null ? null : isoOfPrinted(chosen.time);
  if (observedAt === null) warnings.push('there is no Time line that can be read');
  const device = readEvidence('device', chosen.device, warnings, (fields) =>
    readDeviceSection(fields, options.account ?? null),
  );
  const user = readEvidence('user', chosen.user, warnings, readUserSection);
  const tokens = chosen.tokens === null ? null : readTokens(chosen.tokens, observedAt, warnings);
  if (methodsDiffer(device, user)) warnings.push('the sign-in methods of the device and the user differ');

  const status = statusOf(device, user);
  const extensionIdentifier = device.kind === 'read' ? device.value.extensionIdentifier : null;
  return {
    status,
    reason: status === 'unknown' ? 'malformed' : null,
    observedAt,
    method: effectiveMethod(device, user),
    identityProvider: identityProviderOf(extensionIdentifier),
    extensionIdentifier,
    device: device.kind === 'read' ? device.value.device : null,
    user: user.kind === 'read' ? user.value.user : null,
    tokens,
    kerberos: user.kind === 'read' ? user.value.kerberos : [],
    warnings,
  };
}

/** The answer when there is nothing to understand: the reader's failures, and the parser's own. */
export function unknownAppSso(
  reason: NonNullable<AppSso['reason']>,
  warnings: readonly string[] = [],
): AppSso {
  return {
    status: 'unknown',
    reason,
    observedAt: null,
    method: 'unknown',
    identityProvider: null,
    extensionIdentifier: null,
    device: null,
    user: null,
    tokens: null,
    kerberos: [],
    warnings: [...warnings],
  };
}

/** Registered, and needing attention, are both claims that need evidence: a number, or a literal `(null)`. */
function statusOf(device: Evidence<DeviceSection>, user: Evidence<UserSection>): AppSso['status'] {
  if (device.kind === 'null') return 'notConfigured';
  if (device.kind === 'unusable') return 'unknown';
  if (device.value.device.registrationCompleted !== true) return 'notRegistered';
  if (user.kind === 'null') return 'needsAttention';
  if (user.kind === 'unusable') return 'unknown';
  const { state, stateLabel } = user.value.user;
  if (state === null) return 'unknown';
  const meant = userStateOf(state, stateLabel);
  // A name that is not known, with the number of the normal state, is neither.
  if (meant === null) return state === 0 && !needsBinding(stateLabel) ? 'unknown' : 'needsAttention';
  return meant === 0 ? 'registered' : 'needsAttention';
}

function effectiveMethod(device: Evidence<DeviceSection>, user: Evidence<UserSection>): AppSso['method'] {
  if (user.kind === 'read' && user.value.hasMethod) return user.value.user.method;
  if (device.kind === 'read') return device.value.device.method;
  return device.kind === 'null' ? 'none' : 'unknown';
}

/** As while a Mac moves from one method to another. */
function methodsDiffer(device: Evidence<DeviceSection>, user: Evidence<UserSection>): boolean {
  if (device.kind !== 'read' || user.kind !== 'read' || !user.value.hasMethod) return false;
  const { method, methodLabel } = device.value.device;
  const own = user.value.user;
  const bothKnown = method !== 'unknown' && own.method !== 'unknown';
  return bothKnown
    ? method !== own.method
    : methodLabel !== null && own.methodLabel !== null && methodLabel !== own.methodLabel;
}

function readEvidence<T>(
  name: string,
  section: Section,
  warnings: string[],
  readFields: (fields: SectionFields) => T,
): Evidence<T> {
  if (section.kind === 'null') return { kind: 'null' };
  if (section.kind === 'body') {
    const values = parseObject(section.json);
    if (values !== null)
      return { kind: 'read', value: readFields(new SectionFields(name, values, warnings)) };
  }
  const what = { absent: 'is missing', broken: 'is cut off or garbled', body: 'is not JSON' }[section.kind];
  warnings.push(`the ${name} section ${what}`);
  return { kind: 'unusable' };
}

function warningsAbout({ chosen, count, laterIsCutOff }: AppSsoOutputs): string[] {
  const warnings: string[] = [];
  if (count > 1) {
    const which = laterIsCutOff
      ? 'the last complete one was taken, and a later one is cut off'
      : 'the last one was taken';
    warnings.push(`there are ${count} outputs, one after another: ${which}`);
  }
  if (chosen !== null && chosen.unknownSections > 0) {
    warnings.push(`sections that are not known were passed over: ${chosen.unknownSections}`);
  }
  if (chosen !== null && chosen.strayLines > 0) {
    warnings.push(`lines between the sections that belong to none: ${chosen.strayLines}`);
  }
  return warnings;
}
