import type { FreeText } from '../capture/free-text.ts';
import { type MacSnapshot, rawPollOf } from '../capture/mac-snapshot.ts';
import { settingsOf } from '../capture/present-scenario.ts';
import type { Redactor } from '../mac/redact/redactor.ts';
import type { RawPoll } from '../mac/redaction.ts';
import { sources } from '../mac/sources.ts';
import { definitions, settingKeys } from '../settings/schema.ts';
import { type Readings, type SourceName, sourceNames } from '../shared/observation.ts';

/** The redacted output of macOS by file name. A failed command has no file. */
export async function printedState(
  snapshot: MacSnapshot,
  redactor: Redactor,
): Promise<Record<string, string>> {
  const poll = rawPollOf(snapshot, redactor);
  const files: Record<string, string> = {};
  for (const source of Object.values(sources)) {
    const { outputs = {} } = await source.redaction();
    for (const [name, outputOf] of Object.entries(outputs)) {
      const text = await outputOf(poll);
      if (text !== null) files[`state/${name}`] = text;
    }
  }
  return files;
}

/** The observation, redacted. */
export async function understoodState(
  snapshot: MacSnapshot,
  redactor: Redactor,
): Promise<Record<string, unknown>> {
  const { observation } = snapshot;
  const poll = rawPollOf(snapshot, redactor);
  const { at, monotonic } = observation;
  const understood: Record<string, unknown> = { at, monotonic };
  for (const name of sourceNames) understood[name] = await redactedReading(name, observation, poll);
  return understood;
}

async function redactedReading<K extends SourceName>(
  name: K,
  readings: Readings,
  poll: RawPoll,
): Promise<Readings[K]> {
  return (await sources[name].redaction()).reading(readings[name], poll);
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
