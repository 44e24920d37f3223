import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'plist';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { payloadsIn } from '../../../agent/settings/payloads-in.ts';
import { preferencesDomain } from '../../../agent/settings/read-settings.ts';
import { settingKeys } from '../../../agent/settings/schema.ts';
import { settingTexts } from '../../../agent/settings/setting-texts.ts';
import { effectiveSettings } from '../../../agent/settings/settings.ts';
import { label } from '../../../launchd/installed-paths.ts';
import { nameBasedUuid } from '../../../pkg-build/profiles/name-based-uuid.ts';
import { profiles } from '../../../pkg-build/profiles/profiles.ts';
import { settingsPage } from '../../../pkg-build/profiles/settings-page.ts';
import { shops } from '../../../pkg-build/profiles/shops.ts';
import { convertedPlist } from '../../helpers/converted-plist.ts';

const changedAt = 1_790_000_000;
const written = profiles({ changedAt });
const configurations = [...written].filter(([name]) => name.endsWith('.mobileconfig'));

const uuid = z.string().regex(/^[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
const payload = z.looseObject({
  PayloadIdentifier: z.string().startsWith(preferencesDomain),
  PayloadType: z.string(),
  PayloadUUID: uuid,
  PayloadVersion: z.literal(1),
  PayloadDisplayName: z.string().min(1),
});
const profile = z.strictObject({
  PayloadContent: z.array(payload).length(1),
  PayloadDescription: z.string().min(1),
  PayloadDisplayName: z.string().startsWith('PSSO Monitor'),
  PayloadIdentifier: z.string().startsWith(`${preferencesDomain}.profile.`),
  PayloadOrganization: z.string(),
  PayloadRemovalDisallowed: z.literal(true),
  PayloadScope: z.literal('System'),
  PayloadType: z.literal('Configuration'),
  PayloadUUID: uuid,
  PayloadVersion: z.literal(1),
});

const serviceManagement = z.strictObject({
  Rules: z.array(
    z.strictObject({
      RuleType: z.enum([
        'BundleIdentifier',
        'BundleIdentifierPrefix',
        'Label',
        'LabelPrefix',
        'TeamIdentifier',
      ]),
      RuleValue: z.string(),
      TeamIdentifier: z.string().regex(/^[A-Z0-9]{10}$/),
      Comment: z.string(),
    }),
  ),
});
const notificationSettings = z.strictObject({
  NotificationSettings: z
    .array(
      z.strictObject({
        BundleIdentifier: z.string(),
        NotificationsEnabled: z.literal(true),
        AlertType: z.literal([0, 1, 2]),
        ShowInNotificationCenter: z.boolean(),
        ShowInLockScreen: z.literal(false),
        BadgesEnabled: z.boolean(),
        SoundsEnabled: z.boolean(),
        CriticalAlertEnabled: z.literal(false),
      }),
    )
    .min(1),
});

function read(name: string): z.infer<typeof profile> {
  return profile.parse(parse(written.get(name) ?? ''));
}

function contentOf(name: string): Record<string, unknown> {
  const [only] = read(name).PayloadContent;
  return Object.fromEntries(Object.entries(only ?? {}).filter(([key]) => !key.startsWith('Payload')));
}

describe('the profiles for the MDM', () => {
  it.each(configurations)('%s is a profile for every reader of property lists', (_name, content) => {
    expect(profile.safeParse(parse(content)).error).toBeUndefined();
    execFileSync('xmllint', ['--noout', '-'], { input: content });
    expect(parse(convertedPlist(content, 'binary'))).toEqual(parse(content));
  });

  it('can be installed together: no identifier and no UUID is used twice', () => {
    const all = configurations.map(([, content]) => profile.parse(parse(content)));
    const ids = all.flatMap((one) => [
      one.PayloadIdentifier,
      one.PayloadUUID,
      ...one.PayloadContent.flatMap((inner) => [inner.PayloadIdentifier, inner.PayloadUUID]),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('allow only this agent in Login Items, signed by the right team', () => {
    const { Rules } = serviceManagement.parse(contentOf('login-items.mobileconfig'));
    expect(Rules).toMatchObject([{ RuleType: 'Label', RuleValue: label, TeamIdentifier: 'HX7739G8FX' }]);
    const own = profiles({ changedAt, teamIdentifier: 'ABCDE12345' }).get('login-items.mobileconfig') ?? '';
    expect(own).toContain('<string>ABCDE12345</string>');
    expect(own).not.toContain('HX7739G8FX');
  });

  it.each(['swiftdialog', 'ibm-notifier', 'osascript'])('allow the notifications of %s', (channel) => {
    const content = contentOf(`notifications-${channel}.mobileconfig`);
    expect(notificationSettings.safeParse(content).error).toBeUndefined();
  });

  it('allow swiftDialog, its helpers since 3.1, and the helpers in its documentation', () => {
    const { NotificationSettings } = notificationSettings.parse(
      contentOf('notifications-swiftdialog.mobileconfig'),
    );
    expect(NotificationSettings.map(({ BundleIdentifier }) => BundleIdentifier).sort()).toEqual([
      'au.csiro.dialog',
      'au.csiro.dialog.alert',
      'au.csiro.dialog.banner',
      'au.csiro.dialog.notifier.alert',
      'au.csiro.dialog.notifier.banner',
    ]);
  });

  it('allow Script Editor only in the profile for osascript, which warns of it', () => {
    for (const [name, content] of configurations) {
      if (name === 'notifications-osascript.mobileconfig') expect(content).toContain('every script');
      else expect(content).not.toContain('ScriptEditor');
    }
  });

  it.each(shops.map(({ name }) => name))('%s has only valid settings', (name) => {
    const entries = contentOf(`${name}.mobileconfig`);
    const { problems, origins } = effectiveSettings([{ origin: 'managed', entries }]);
    expect(problems).toEqual([]);
    expect([...origins.values()].filter((origin) => origin === 'managed')).toHaveLength(
      Object.keys(entries).length,
    );
  });

  it.each(shops)('$name has its keys and values alone for Intune', async ({ name, settings }) => {
    const content = written.get(`${name}.intune.xml`) ?? '';
    expect(content).toMatch(/^<key>/);
    const found = await payloadsIn(Buffer.from(content));
    expect(found).toMatchObject({ ours: [settings], sso: [], types: [] });
  });

  it('are equal each time they are made', () => {
    expect([...profiles({ changedAt })]).toEqual([...written]);
  });
});

describe('a name-based UUID', () => {
  it('follows RFC 9562', () => {
    // Made by another implementation: python3 -c "import uuid; print(uuid.uuid5(uuid.NAMESPACE_URL, 'a'))"
    expect(nameBasedUuid('a')).toBe('E1407479-3136-56C0-9908-BB02FB0339E2');
  });
});

describe("Jamf Pro's schema", () => {
  const schema = JSON.parse(written.get(`${preferencesDomain}.jamf.json`) ?? '');

  it('is a JSON schema that accepts the three examples', () => {
    const ajv = new Ajv.default({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const valid = ajv.compile(schema);
    for (const { name } of shops) {
      valid(contentOf(`${name}.mobileconfig`));
      expect(valid.errors).toBeNull();
    }
    expect(valid({ PollIntervalSeconds: '300' })).toBe(false);
    expect(valid({ QuietHours: { Start: '7:00', End: '19:00' } })).toBe(false);
  });

  it('has a field with a description for every setting, none of them configured at first', () => {
    expect(Object.keys(schema.properties)).toEqual(settingKeys);
    expect(schema.__preferencedomain).toBe(preferencesDomain);
    expect(schema.options.remove_empty_properties).toBe(true);
    for (const key of settingKeys) {
      const { title, description, anyOf } = schema.properties[key];
      expect(title).toContain(settingTexts[key].title);
      expect(description).toContain(settingTexts[key].description);
      expect(anyOf[0]).toEqual({ title: 'Not Configured', type: 'null' });
    }
  });
});

describe('the manifest', () => {
  const manifest = z
    .looseObject({
      pfm_domain: z.literal(preferencesDomain),
      pfm_format_version: z.literal(1),
      pfm_last_modified: z.date(),
      pfm_platforms: z.tuple([z.literal('macOS')]),
      pfm_subkeys: z.array(
        z.looseObject({
          pfm_name: z.string(),
          pfm_title: z.string(),
          pfm_description: z.string(),
          pfm_type: z.enum(['string', 'integer', 'boolean', 'array', 'dictionary', 'date']),
        }),
      ),
    })
    .parse(parse(written.get(`${preferencesDomain}.plist`) ?? ''));

  it('has every setting after the keys of a payload, with the bounds and the default of the schema', () => {
    const names = manifest.pfm_subkeys.map(({ pfm_name }) => pfm_name);
    expect(names.slice(-settingKeys.length)).toEqual(settingKeys);
    expect(names).toContain('PayloadUUID');
    const interval = manifest.pfm_subkeys.find(({ pfm_name }) => pfm_name === 'PollIntervalSeconds');
    expect(interval).toMatchObject({ pfm_range_min: 60, pfm_range_max: 3600, pfm_default: 300 });
  });
});

describe('docs/settings.md', () => {
  it('is generated from the schema (else: npm run profiles)', () => {
    expect(readFileSync(new URL('../../../docs/settings.md', import.meta.url), 'utf8')).toBe(settingsPage());
  });

  it('has a row for every setting', () => {
    for (const key of settingKeys) expect(settingsPage()).toContain(`| \`${key}\` |`);
  });
});
