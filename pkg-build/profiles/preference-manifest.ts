import { build, type PlistValue } from 'plist';
import { catalogue } from '../../agent/issues/catalogue.ts';
import { preferencesDomain } from '../../agent/settings/read-settings.ts';
import { definitions, type SettingKey, settingKeys } from '../../agent/settings/schema.ts';
import { settingTexts } from '../../agent/settings/setting-texts.ts';
import { type Shape, timeOfDayPattern } from '../../agent/settings/value-types.ts';
import { linkSchemes } from '../../agent/shared/links.ts';
import { oldestMacos } from '../installer-documents.ts';
import { issuesOfManifest } from './issue-forms.ts';
import { nameBasedUuid } from './name-based-uuid.ts';
import { sentence } from './words.ts';

type Dictionary = Record<string, PlistValue>;

/**
 * The manifest in the format of the ProfileManifests project, for ProfileCreator and iMazing Profile Editor.
 * `changedAt` is its date, in seconds, UTC.
 */
export function preferenceManifest(changedAt: number): string {
  return `${build({
    pfm_title: 'PSSO Monitor',
    pfm_description: 'Settings of PSSO Monitor, which watches Platform Single Sign-On',
    pfm_domain: preferencesDomain,
    pfm_format_version: 1,
    pfm_last_modified: new Date(changedAt * 1000),
    pfm_macos_min: oldestMacos,
    pfm_platforms: ['macOS'],
    pfm_targets: ['system', 'user'],
    pfm_unique: true,
    pfm_version: 1,
    pfm_subkeys: [...payloadKeys(), ...settingKeys.map(subkey)],
  })}\n`;
}

function payloadKeys(): Dictionary[] {
  const text = (name: string, title: string, value: string, description: string): Dictionary => ({
    pfm_name: name,
    pfm_title: title,
    pfm_description: description,
    pfm_type: 'string',
    pfm_require: 'always',
    pfm_default: value,
  });
  return [
    text('PayloadDescription', 'Payload Description', 'PSSO Monitor settings', 'What the payload is for'),
    text('PayloadDisplayName', 'Payload Display Name', 'PSSO Monitor', 'The name of the payload'),
    text('PayloadIdentifier', 'Payload Identifier', preferencesDomain, 'Identifies the payload'),
    text('PayloadType', 'Payload Type', preferencesDomain, 'The type of the payload, a reverse DNS name'),
    text('PayloadUUID', 'Payload UUID', nameBasedUuid(preferencesDomain), 'Unique identifier of the payload'),
    {
      pfm_name: 'PayloadVersion',
      pfm_title: 'Payload Version',
      pfm_description: 'The version of the payload',
      pfm_type: 'integer',
      pfm_require: 'always',
      pfm_default: 1,
      pfm_range_list: [1],
    },
  ];
}

function subkey(key: SettingKey): Dictionary {
  const { shape, fallback } = definitions[key];
  const { title } = settingTexts[key];
  return {
    pfm_name: key,
    pfm_title: title,
    pfm_description: sentence(key),
    ...typeOf(shape),
    ...(typeof fallback === 'object' ? {} : { pfm_default: fallback }),
  };
}

function typeOf(shape: Shape): Dictionary {
  switch (shape.kind) {
    case 'integer':
      return {
        pfm_type: 'integer',
        pfm_range_min: shape.from,
        pfm_range_max: shape.to,
        ...(shape.unit === null ? {} : { pfm_value_unit: shape.unit }),
      };
    case 'boolean':
      return { pfm_type: 'boolean' };
    case 'choice':
      return { pfm_type: 'string', pfm_range_list: [...shape.of] };
    case 'secret':
      return { pfm_type: 'string', pfm_sensitive: true };
    case 'line':
      return { pfm_type: 'string' };
    case 'ownIssues':
      return { pfm_type: 'dictionary', pfm_subkeys: issuesOfManifest() };
    case 'link':
      return { pfm_type: 'string', pfm_format: `^(${linkSchemes.join('|')}):.*$` };
    case 'place':
      return { pfm_type: 'string', pfm_format: '^(https://|file:///Volumes/).*$' };
    case 'instant':
      return { pfm_type: 'date' };
    case 'quietHours':
      return {
        pfm_type: 'dictionary',
        pfm_subkeys: ['Start', 'End'].map((name) => ({
          pfm_name: name,
          pfm_title: name,
          pfm_description: 'Local time as HH:MM',
          pfm_type: 'string',
          pfm_format: timeOfDayPattern,
          pfm_require: 'always',
        })),
      };
    case 'issues':
      return {
        pfm_type: 'array',
        pfm_subkeys: [
          {
            pfm_name: 'Issue',
            pfm_title: 'Issue',
            pfm_type: 'string',
            pfm_range_list: catalogue.map(({ id }) => id),
          },
        ],
      };
  }
}
