import { catalogue } from '../../agent/issues/catalogue.ts';
import { preferencesDomain } from '../../agent/settings/read-settings.ts';
import { definitions, groups, type SettingKey, settingKeys } from '../../agent/settings/schema.ts';
import { settingTexts } from '../../agent/settings/setting-texts.ts';
import { type Shape, timeOfDayPattern } from '../../agent/settings/value-types.ts';
import { linkSchemes } from '../../agent/shared/links.ts';
import { version } from '../../agent/shared/version.ts';
import { issuesOfJamf } from './issue-forms.ts';
import { sentence } from './words.ts';

/**
 * The schema for Jamf Pro's Application & Custom Settings: a form with a field for each setting. Each is "Not
 * Configured" at first, so that a profile has only the settings that the admin chose.
 */
export function jamfSchema(): string {
  const properties = settingKeys.map((key, index) => [key, property(key, index)] as const);
  return `${JSON.stringify(
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: `PSSO Monitor (${preferencesDomain})`,
      description: `Settings of PSSO Monitor ${version}.`,
      __preferencedomain: preferencesDomain,
      __version: version,
      __feedback: 'See docs/settings.md of PSSO Monitor.',
      type: 'object',
      options: { remove_empty_properties: true },
      properties: Object.fromEntries(properties),
    },
    null,
    2,
  )}\n`;
}

function property(key: SettingKey, index: number): object {
  const { shape, fallback, group } = definitions[key];
  const { title } = settingTexts[key];
  return {
    title: `${groups[group]}: ${title}`,
    description: sentence(key),
    property_order: (index + 1) * 10,
    anyOf: [
      { title: 'Not Configured', type: 'null' },
      { title: 'Configured', ...typeOf(shape), ...(fallback === null ? {} : { default: fallback }) },
    ],
  };
}

function typeOf(shape: Shape): object {
  switch (shape.kind) {
    case 'integer':
      return { type: 'integer', minimum: shape.from, maximum: shape.to };
    case 'boolean':
      return { type: 'boolean' };
    case 'choice':
      return { type: 'string', enum: shape.of };
    case 'secret':
      return { type: 'string', minLength: shape.shortest, maxLength: shape.longest };
    case 'line':
      return { type: 'string', minLength: 1, maxLength: shape.longest };
    case 'ownIssues':
      return issuesOfJamf();
    case 'link':
      return { type: 'string', pattern: `^(${linkSchemes.join('|')}):`, maxLength: shape.longest };
    case 'place':
      return { type: 'string', pattern: '^(https://|file:///Volumes/)', maxLength: shape.longest };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'quietHours':
      return {
        type: 'object',
        required: ['Start', 'End'],
        properties: Object.fromEntries(
          ['Start', 'End'].map((name) => [name, { title: name, type: 'string', pattern: timeOfDayPattern }]),
        ),
      };
    case 'issues':
      return {
        type: 'array',
        items: { type: 'string', title: 'Issue', enum: catalogue.map(({ id }) => id) },
      };
  }
}
