import { basename } from 'node:path';
import { checkSettingsFile } from '../../settings/check-settings-file.ts';
import { loadContext } from '../../settings/load-context.ts';
import { preferencesDomain } from '../../settings/read-settings.ts';
import { definitions, type SettingKey, settingKeys } from '../../settings/schema.ts';
import { settingTexts } from '../../settings/setting-texts.ts';
import type { EffectiveSettings } from '../../settings/settings.ts';
import { UsageError } from '../../shared/errors.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { meantBy } from '../../shared/nearest.ts';
import type { ConfigCheckOutput, ConfigKeyOutput, ConfigOutput } from '../output/config.ts';
import { asCalled } from '../print/as-called.ts';
import { printJson, printLine, styled, table } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const config: Subcommand = {
  reads: 'user',
  configure(command, call) {
    command
      .argument('[key]', 'explain only this setting')
      .option('--check <file>', 'check a profile (settings or Platform SSO) or a plist before you deploy it')
      .option('--json', 'print JSON')
      .addHelpText(
        'after',
        `
Prints effective settings and their origin: managed (MDM), user (settings.json beside the database) or default.
Exit status 1 when a setting is invalid.

Example:
  psso-monitor config
  psso-monitor config QuietHours
  psso-monitor config --check my-settings.mobileconfig
  psso-monitor config --check platform-sso.mobileconfig
  psso-monitor config --check own-rules.json
`,
      );
    call(async (global) => {
      const { check, json = false } = command.opts<{ check?: string; json?: boolean }>();
      const [key] = command.processedArgs;
      if (check !== undefined) return await checkFile(check, json);
      const { settings } = await loadContext(global);
      if (typeof key === 'string') return one(key, settings, json);
      return all(settings, json);
    });
  },
};

function described(settings: EffectiveSettings, key: SettingKey): ConfigOutput['settings'][number] {
  const { fallback, userMaySet } = definitions[key];
  const { title } = settingTexts[key];
  const value = printable(key, settings.values[key]);
  return { key, value, origin: settings.origins.get(key) ?? 'default', default: fallback, title, userMaySet };
}

/** Without secrets: the key of the digests, and what follows the `?` of an address, such as a signature. */
function printable(key: SettingKey, value: unknown): unknown {
  if (key === 'IdentityHashKey' && value !== null) return '(set)';
  if (key === 'CollectURL' && typeof value === 'string') return value.replace(/\?.*$/s, '?(set)');
  return value;
}

function all(settings: EffectiveSettings, json: boolean) {
  const { problems } = settings;
  const output: ConfigOutput = {
    domain: preferencesDomain,
    settings: settingKeys.map((key) => described(settings, key)),
    problems: problems.map(({ key, origin, message }) => ({ key, origin, message })),
  };
  if (json) printJson(output);
  else {
    printLine(table(output.settings.map(({ key, value, origin }) => [key, worded(value), origin])));
    printLine();
    if (problems.length === 0) printLine('All settings are valid.');
    for (const { message } of problems) printLine(styled('yellow', message));
    const changed = output.settings.filter(({ origin }) => origin !== 'default').length;
    if (changed === 0) printLine('All settings are defaults: no profile and no file of yours sets one.');
    printLine(styled('dim', asCalled('To see what a setting does: psso-monitor config KEY')));
  }
  return problems.length > 0 ? exitStatus.problem : exitStatus.done;
}

/** Throws UsageError. The case of a key does not matter. */
function settingOption(given: string): SettingKey {
  const key = settingKeys.find((one) => one.toLowerCase() === given.toLowerCase());
  if (key !== undefined) return key;
  const nearest = meantBy(given, settingKeys);
  const meant = nearest === null ? '' : ` Did you mean ${nearest}?`;
  throw new UsageError(`there is no setting "${given}"; \`psso-monitor config\` lists all settings.${meant}`);
}

function one(given: string, settings: EffectiveSettings, json: boolean) {
  const key = settingOption(given);
  const setting = described(settings, key);
  const problems = settings.problems.filter((problem) => problem.key === key);
  const output: ConfigKeyOutput = {
    ...setting,
    problems: problems.map(({ origin, message }) => ({ key, origin, message })),
  };
  if (json) printJson(output);
  else {
    const { expected, userMaySet } = definitions[key];
    const { title, description } = settingTexts[key];
    printLine(`${styled('bold', key)}: ${worded(setting.value)} (${setting.origin})`);
    printLine(`${title}. ${description}`);
    printLine(`It must be ${expected}; the default is ${worded(setting.default)}.`);
    printLine(userMaySet ? 'MDM or the user can set it; MDM wins.' : 'Only MDM can set it.');
    for (const { message } of problems) printLine(styled('yellow', message));
  }
  return problems.length > 0 ? exitStatus.problem : exitStatus.done;
}

function worded(value: unknown): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value === 'object' && 'Start' in value && 'End' in value)
    return `${value.Start} to ${value.End}`;
  if (typeof value === 'object') return Object.keys(value).join(', ') || 'none';
  return String(value);
}

async function checkFile(file: string, json: boolean) {
  const { payloads, ssoPayloads, problems } = await checkSettingsFile(file);
  const output: ConfigCheckOutput = { file: basename(file), payloads, ssoPayloads, problems: [...problems] };
  if (json) printJson(output);
  else if (problems.length === 0) printLine(`${basename(file)} is valid.`);
  else for (const { message } of problems) printLine(message);
  return problems.length > 0 ? exitStatus.problem : exitStatus.done;
}
