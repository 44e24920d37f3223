import { build } from 'plist';
import { describe, expect, it } from 'vitest';
import { parseSession } from '../../../../agent/mac/sources/session/parse-session.ts';

describe('session: ioreg', () => {
  it.each([
    ['"kCGSSessionOnConsoleKey"=Yes,"CGSSessionScreenIsLocked"=<maybe>'],
    ['"kCGSSessionOnConsoleKey"=2'],
  ])('a value that is no switch is neither locked nor unlocked: %s', (keys) => {
    const list = `"IOConsoleUsers" = ({"kCGSSessionUserNameKey"="alex",${keys}})\n`;
    expect(parseSession(list, 'alex')).toBeNull();
  });

  it('the same in a property list', () => {
    const user = { kCGSSessionUserNameKey: 'alex', CGSSessionScreenIsLocked: 'maybe' };
    expect(parseSession(build({ IOConsoleUsers: [user] }), 'alex')).toBeNull();
  });

  const alex = (more: string) => `{"kCGSSessionUserNameKey"="alex","kCGSSessionUserIDKey"=501${more}}`;
  const sam = '{"kCGSSessionOnConsoleKey"=Yes,"kCGSSessionUserNameKey"="sam","CGSSessionScreenIsLocked"=Yes}';
  const text = (users: string) =>
    `+-o Root  <class IORegistryEntry, id 0x100000100, retain 28>\n    {\n      "IOConsoleLocked" = No\n      "IOConsoleUsers" = (${users})\n      "OS Build Version" = "24G84"\n    }\n`;

  it.each<[string, string, string, string?]>([
    [alex(',"kCGSSessionOnConsoleKey"=Yes'), 'unlocked', 'active'],
    [alex(',"kCGSSessionOnConsoleKey"=Yes,"CGSSessionScreenIsLocked"=Yes'), 'locked', 'active'],
    [alex(',"kCGSSessionOnConsoleKey"=Yes,"CGSSessionScreenIsLocked"=No'), 'unlocked', 'active'],
    [alex(',"kCGSSessionOnConsoleKey" = true,"CGSSessionScreenIsLocked" = true'), 'locked', 'active'],
    [`${alex(',"kCGSSessionOnConsoleKey"=No')},${sam}`, 'unlocked', 'switchedOut'],
    [`${sam},${alex(',"kCGSSessionOnConsoleKey"=Yes')}`, 'unlocked', 'active'],
    // The only session, under any name, is the agent's own.
    [sam, 'locked', 'active'],
    // Among several, none of them ours.
    [`${sam},${sam.replaceAll('sam', 'kim')}`, 'locked', 'switchedOut'],
    ['', 'locked', 'switchedOut'],
    // Brackets in a full name end nothing.
    [
      `${sam.replace('"sam"', '"sam","kCGSessionLongUserNameKey"="Sam (Paris})"')},${alex(',"kCGSSessionOnConsoleKey"=Yes')}`,
      'unlocked',
      'active',
    ],
    [
      `${sam.replace('"sam"', '"sam","kCGSessionLongUserNameKey"="},{"kCGSSessionUserNameKey"=alex"')},${alex(',"kCGSSessionOnConsoleKey"=Yes')}`,
      'unlocked',
      'active',
    ],
    // An equals sign and a quote in a name begin no other text.
    [
      `${sam},${alex(',"kCGSSessionOnConsoleKey"=Yes').replace('"alex"', '"al="ex"')}`,
      'unlocked',
      'active',
      'al="ex',
    ],
    // A name that ioreg can't print leaves its place empty.
    [alex(',"kCGSessionLongUserNameKey"=,"kCGSSessionOnConsoleKey"=Yes'), 'unlocked', 'active'],
  ])('%s', (users, screen, console, account = 'alex') => {
    expect(parseSession(text(users), account)).toEqual({ screen, console });
  });

  it('of a list that ioreg cut short, takes the sessions that are whole', () => {
    const cut = (users: string) => text(users).replace(/.{9}\)\n/, '$\n');
    const active = ',"kCGSSessionOnConsoleKey"=Yes';
    expect(parseSession(cut(`${alex(active)},${sam}`), 'alex')).toEqual({
      screen: 'unlocked',
      console: 'active',
    });
    // Neither that the account is not there, nor that the only one which is whole must be the account.
    expect(parseSession(cut(`${sam},${alex(active)}`), 'alex')).toBeNull();
    expect(parseSession(cut(alex(active)), 'alex')).toBeNull();
  });

  it('of a list that was cut short within a name, does not take brackets in it for the end of the list', () => {
    const kim = '{"kCGSSessionUserNameKey"="kim","kCGSessionLongUserNameKey"="Kim (x})';
    for (const rest of ['', '},{', ','])
      expect(parseSession(text(`${sam},${kim}${rest}`).replace(/\)\n/, '$\n'), 'alex')).toBeNull();
  });

  it('finds the list of console users wherever macOS prints it', () => {
    const users = `"IOConsoleUsers" = (${alex(',"kCGSSessionOnConsoleKey"=Yes')},${sam})`;
    const diagnostics = '"IOKitDiagnostics" = {"Instance allocation"=41272888,"Classes"={"OSArray"=43686}}';
    for (const properties of [[users, diagnostics], [diagnostics, users], [users]])
      for (const indent of ['      ', '  |   ']) {
        const printed = `+-o Root  <class IORegistryEntry>\n    {\n${properties.map((property) => `${indent}${property}\n`).join('')}    }\n    \n`;
        expect(parseSession(printed, 'alex')).toEqual({ screen: 'unlocked', console: 'active' });
      }
    expect(parseSession('ioreg: error: no such thing', 'alex')).toBeNull();
  });

  it('reads the property list form alike', () => {
    const users = [
      { kCGSSessionUserNameKey: 'sam', kCGSSessionOnConsoleKey: false },
      { kCGSSessionUserNameKey: 'alex', kCGSSessionOnConsoleKey: true, CGSSessionScreenIsLocked: true },
    ];
    const xml = build({ IOConsoleUsers: users });
    expect(parseSession(xml, 'alex')).toEqual({ screen: 'locked', console: 'active' });
    expect(parseSession(xml, 'sam')).toEqual({ screen: 'unlocked', console: 'switchedOut' });
  });

  it.each([
    '',
    'ioreg: error',
    text('').replace('IOConsoleUsers', 'Other'),
    '<plist><dict/></plist>',
    '<plist><dict>',
  ])('says nothing without console users', (other) => {
    expect(parseSession(other, 'alex')).toBeNull();
  });
});
