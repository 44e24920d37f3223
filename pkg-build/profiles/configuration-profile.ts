import { build, type PlistValue } from 'plist';
import { preferencesDomain } from '../../agent/settings/read-settings.ts';
import { nameBasedUuid } from './name-based-uuid.ts';

export interface Payload {
  readonly type: string;
  readonly displayName: string;
  readonly content: Readonly<Record<string, PlistValue>>;
}

/** A configuration profile for the device, with one payload. Its file and its identifiers contain `name`. */
export function configurationProfile(
  name: string,
  { displayName, description, payload }: { displayName: string; description: string; payload: Payload },
): string {
  const identifier = `${preferencesDomain}.profile.${name}`;
  return `${build({
    PayloadContent: [
      {
        ...payload.content,
        PayloadDisplayName: payload.displayName,
        PayloadIdentifier: `${identifier}.${payload.type}`,
        PayloadType: payload.type,
        PayloadUUID: nameBasedUuid(`${identifier}.${payload.type}`),
        PayloadVersion: 1,
      },
    ],
    PayloadDescription: description,
    PayloadDisplayName: displayName,
    PayloadIdentifier: identifier,
    PayloadOrganization: 'PSSO Monitor',
    PayloadRemovalDisallowed: true,
    PayloadScope: 'System',
    PayloadType: 'Configuration',
    PayloadUUID: nameBasedUuid(identifier),
    PayloadVersion: 1,
  })}\n`;
}
