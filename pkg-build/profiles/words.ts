import { definitions, type SettingKey } from '../../agent/settings/schema.ts';
import { settingTexts } from '../../agent/settings/setting-texts.ts';

/** The description of a setting and of its values, for a field of a form. */
export function sentence(key: SettingKey): string {
  const { expected, fallback } = definitions[key];
  return `${settingTexts[key].description} It must be ${expected}. Default: ${wordedDefault(fallback)}.`;
}

export function wordedDefault(fallback: unknown): string {
  const isEmpty = typeof fallback === 'object' && (fallback === null || Object.keys(fallback).length === 0);
  return isEmpty ? 'none' : String(fallback);
}
