import { definitions, type SettingKey } from '../../agent/settings/schema.ts';

/** What a setting does and may be, for a form's field. */
export function sentence(key: SettingKey): string {
  const { description, expected, fallback } = definitions[key];
  return `${description} It must be ${expected}. Default: ${wordedDefault(fallback)}.`;
}

export function wordedDefault(fallback: unknown): string {
  return fallback === null || (Array.isArray(fallback) && fallback.length === 0) ? 'none' : String(fallback);
}
