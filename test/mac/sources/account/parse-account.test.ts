import { build } from 'plist';
import { describe, expect, it } from 'vitest';
import { parseAccount } from '../../../../agent/mac/sources/account/parse-account.ts';

const policy = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
\t<key>creationTime</key>
\t<real>1700000000.25</real>
\t<key>failedLoginCount</key>
\t<integer>2</integer>
\t<key>failedLoginTimestamp</key>
\t<integer>0</integer>
\t<key>passwordLastSetTime</key>
\t<real>1750000000.5</real>
</dict>
</plist>`;

const times = {
  createdAt: '2023-11-14T22:13:20.250Z',
  passwordLastSetAt: '2025-06-15T15:06:40.500Z',
  failedLoginCount: 2,
  failedLoginAt: null,
  warnings: [],
};

describe('the forms that dscl prints', () => {
  it('of two outputs, one after another, the first one, and says so', () => {
    const later = policy.replace('1750000000.5', '1760000000');
    const nested = (text: string) => build({ 'dsAttrTypeNative:accountPolicyData': [text] });
    for (const text of [`${policy}\n${later}`, `${nested(policy)}\n${nested(later)}`])
      expect(parseAccount(text)).toMatchObject({
        passwordLastSetAt: times.passwordLastSetAt,
        warnings: ['There are 2 outputs, one after another: the first one was taken.'],
      });
  });

  it('its property list form, with the policy data as text inside', () => {
    const text = build({
      'dsAttrTypeNative:accountPolicyData': [policy],
      'dsAttrTypeStandard:AltSecurityIdentities': [
        'Kerberos:alex@EXAMPLE.COM',
        'PlatformSSO:alex@example.com',
      ],
    });
    expect(parseAccount(text)).toEqual({ ...times, platformSsoLinked: true });
    expect(parseAccount(text.replaceAll('\n', '\r\n'))).toEqual({ ...times, platformSsoLinked: true });
  });

  it('a whole record as text, whose other attributes may hold property lists too', () => {
    const text = `alex@Mac ~ % dscl . -read /Users/alex
dsAttrTypeNative:LinkedIdentity:
 <?xml version="1.0"?>
<plist version="1.0"><dict><key>appleid.apple.com</key><string>alex@example.com</string></dict></plist>

dsAttrTypeNative:accountPolicyData:
 ${policy}

AltSecurityIdentities:
 X509:<T>CN=Issuer<S>CN=Alex Doe
 PlatformSSO:alex@example.com
RealName:
 Alex Doe
`;
    expect(parseAccount(text)).toEqual({ ...times, platformSsoLinked: true });
  });

  it('a single attribute, and the policy data by itself', () => {
    const single = `dsAttrTypeNative:accountPolicyData:\n ${policy}\n`;
    expect(parseAccount(single)).toEqual({ ...times, platformSsoLinked: null });
    expect(parseAccount(policy)).toEqual({ ...times, platformSsoLinked: null });
    expect(
      parseAccount('AltSecurityIdentities: Kerberos:a@B PlatformSSO:alex@example.com\n').platformSsoLinked,
    ).toBe(true);
  });
});

describe('linked to Platform SSO', () => {
  it.each<[string, boolean | null]>([
    ['AltSecurityIdentities:\n Kerberos:alex@EXAMPLE.COM\n', false],
    ['No such key: AltSecurityIdentities\n', false],
    ['No such key: dsAttrTypeStandard:AltSecurityIdentities\n', false],
    ['', null],
    ['RealName:\n PlatformSSO: fan\n', null],
    ['AltSecurityIdentities:\nRealName:\n PlatformSSO:x\n', false],
  ])('%j says %s', (said, linked) => {
    expect(parseAccount(`${said}dsAttrTypeNative:accountPolicyData:\n ${policy}\n`).platformSsoLinked).toBe(
      linked,
    );
  });

  it('is not known from a property list that lacks the attribute', () => {
    const text = build({ 'dsAttrTypeNative:accountPolicyData': [policy] });
    expect(parseAccount(text)).toEqual({ ...times, platformSsoLinked: null });
    expect(parseAccount(`No such key: AltSecurityIdentities\n${text}`).platformSsoLinked).toBe(false);
  });
});

describe('times', () => {
  it('may be whole or broken seconds or dates; zero is never', () => {
    const written = `<plist><dict><key>creationTime</key><date>2024-02-29T12:00:00Z</date>
      <key>passwordLastSetTime</key><integer>1750000000</integer>
      <key>failedLoginTimestamp</key><real>1750000001.5</real></dict></plist>`;
    expect(parseAccount(written)).toMatchObject({
      createdAt: '2024-02-29T12:00:00Z',
      passwordLastSetAt: '2025-06-15T15:06:40Z',
      failedLoginAt: '2025-06-15T15:06:41.500Z',
      warnings: [],
    });
  });

  it.each([
    ['passwordLastSetTime: 1795760000.75', '2026-11-27T06:13:20.750Z'],
    ['passwordLastSetTime: 1795760000,75', '2026-11-27T06:13:20.750Z'],
    ['"passwordLastSetTime" => 2026-11-27 06:13:20 +0000', '2026-11-27T06:13:20Z'],
    ['passwordLastSetTime = "2026-11-27T07:13:20.5+0100";', '2026-11-27T06:13:20.500Z'],
    ['{"passwordLastSetTime":1795760000.75,"creationTime":1758000000}', '2026-11-27T06:13:20.750Z'],
    // A part of a number or a date is no time.
    ['passwordLastSetTime: 1,795,760,000', null],
    ['passwordLastSetTime: 1.795.760.000,75', null],
    ['passwordLastSetTime: 2026-11-27', null],
    ['passwordLastSetTime: 2026-11-27 06:13:20', null],
    ['passwordLastSetTime: 27/11/2026', null],
    ['passwordLastSetTime: 06:13:20', null],
  ])('in a line of its own: %s', (line, passwordLastSetAt) => {
    expect(parseAccount(line)).toMatchObject({ passwordLastSetAt });
  });

  it('may be absent: no password was set yet', () => {
    const fresh = '<plist><dict><key>creationTime</key><real>1700000000</real></dict></plist>';
    expect(parseAccount(fresh)).toMatchObject({
      passwordLastSetAt: null,
      failedLoginCount: null,
      warnings: [],
    });
  });

  it.each([
    '<real>-5</real>',
    '<real>1e300</real>',
    '<string>yesterday</string>',
    '<date>never</date>',
    '<true/>',
  ])('that make no sense (%s) are unknown and warned about', (value) => {
    const account = parseAccount(`<plist><dict><key>passwordLastSetTime</key>${value}</dict></plist>`);
    expect(account.passwordLastSetAt).toBeNull();
    expect(account.warnings).toEqual(['passwordLastSetTime is not a time.']);
  });
});

it.each([
  '',
  'No such key: accountPolicyData\n',
  '<dscl_cmd> DS Error: -14136 (eDSRecordNotFound)\n',
  policy.slice(0, 400),
])('without policy data everything is unknown, and it says so', (text) => {
  const account = parseAccount(text);
  expect(account).toMatchObject({ createdAt: null, passwordLastSetAt: null, platformSsoLinked: null });
  expect(account.warnings).toHaveLength(1);
});
