import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages } from '../../agent/shared/languages.ts';
import { textsByLanguage } from '../../agent/texts/texts-by-language.ts';
import { alex, answers, broken, healthy, macWithCommand, printed, recorded, tool } from './pulled-mac.ts';

describe('swiftDialog: "Why can\'t I sign in?"', () => {
  const script = 'swiftdialog/why_cant_i_sign_in.sh';

  test('shows the steps of the catalogue, and deletes its files', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, broken);
    expect(printed(mac, script)).toBe('');
    const [call] = mac.calls('dialog');
    expect(call?.slice(0, 2)).toEqual(['dialog', '--jsonfile']);
    expect(call).toContain('--timer');
    expect(readdirSync(mac.path('/tmp'))).toEqual([]);
    expect(mac.calls('launchctl').every(([, verb, uid]) => verb === 'asuser' && uid === '501')).toBe(true);
    expect(mac.calls('sudo').every(([, ...words]) => words.slice(0, 3).join(' ') === '-H -u #501')).toBe(
      true,
    );
  });

  test('the second button puts a report for IT on the Desktop, and shows the file', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, broken);
    mac.write('/Users/alex/Desktop/keep', '');
    mac.write('/.scratch/button', '2\n');
    expect(printed(mac, script)).toBe('PSSO Monitor: a report was made');
    const made = readdirSync(mac.path('/Users/alex/Desktop')).filter((name) => name.endsWith('.zip'));
    expect(made).toHaveLength(1);
    expect(mac.calls('open')).toEqual([['open', '-R', `/Users/alex/Desktop/${made[0]}`]]);
  });

  test('a report that fails is reported as not made', async () => {
    const mac = macWithCommand();
    mac.write(tool, answers, 0o755);
    mac.write('/.scratch/button', '2\n');
    mac.breakCommand('open');
    expect(printed(mac, script, 1)).toBe('PSSO Monitor: the report could not be made');
  });

  test.each(['with', 'without'])(
    'a damaged history, %s swiftDialog: the state is unknown, and a report is offered',
    async (how) => {
      const mac = macWithCommand();
      writeFileSync(join(await recorded(mac, alex, healthy), 'events.db'), 'x'.repeat(4096));
      if (how === 'without') rmSync(mac.path('/usr/local/bin/dialog'));
      expect(printed(mac, script)).toBe('');
      const shown = mac.calls(how === 'with' ? 'dialog' : 'osascript').flat();
      expect(shown).toContain(
        "Your work sign-in can't be checked right now. Please contact your IT support.",
      );
      expect(shown).toContain('Make a report for IT');
      expect(shown).not.toContain('--jsonfile');
      expect(readdirSync(mac.path('/tmp'))).toEqual([]);
    },
  );

  test.each([
    [
      '(\n    "de-CH",\n    en\n)',
      'Ihre Firmenanmeldung kann gerade nicht geprüft werden.',
      'Bericht für die IT erstellen',
    ],
    [
      '(\n    de\n)',
      'Ihre Firmenanmeldung kann gerade nicht geprüft werden.',
      'Bericht für die IT erstellen',
    ],
    ['(\n    "en-GB",\n    "de-DE"\n)', "Your work sign-in can't be checked", 'Make a report for IT'],
    ['(\n    den\n)', "Your work sign-in can't be checked", 'Make a report for IT'],
  ])('a damaged history, in the language of %j', async (languages, text, button) => {
    const mac = macWithCommand();
    writeFileSync(join(await recorded(mac, alex, healthy), 'events.db'), 'x'.repeat(4096));
    mac.write('/usr/bin/defaults', `#!/bin/sh\ncat <<'END'\n${languages}\nEND\n`, 0o755);
    expect(printed(mac, script)).toBe('');
    const shown = mac.calls('dialog').flat();
    expect(shown).toContainEqual(expect.stringContaining(text));
    expect(shown).toContain(button);
  });

  test.each(languages)('a damaged history, with the words of the texts in %s', async (language) => {
    const mac = macWithCommand();
    writeFileSync(join(await recorded(mac, alex, healthy), 'events.db'), 'x'.repeat(4096));
    mac.write('/usr/bin/defaults', `#!/bin/sh\ncat <<'END'\n(\n    "${language}",\n    en\n)\nEND\n`, 0o755);
    expect(printed(mac, script)).toBe('');
    const { advice } = textsByLanguage[language];
    const shown = mac.calls('dialog').flat();
    for (const text of [advice.title, advice.makeReport]) expect(shown).toContain(text.replaceAll('’', "'"));
    expect(shown).toContainEqual(expect.stringContaining(advice.unknown.replaceAll('’', "'")));
  });

  test('without swiftDialog osascript shows the text, as an argument, and offers the report', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, broken);
    rmSync(mac.path('/usr/local/bin/dialog'));
    mac.write('/Users/alex/Desktop/keep', '');
    mac.write('/.scratch/answer', 'report\n');
    expect(printed(mac, script)).toBe('PSSO Monitor: a report was made');
    const [call = []] = mac.calls('osascript');
    const [text, button, seconds] = call.slice(-3);
    expect(text).toContain('click “Edit”, then “Repair”.');
    expect([button, seconds]).toEqual(['Make a report for IT', '900']);
    expect(call.slice(0, -3).join(' ')).not.toContain('Repair');
    expect(call.join(' ')).toContain('item 1 of argv');
    expect(readdirSync(mac.path('/tmp'))).toEqual([]);
  });

  test('without a problem there is no second button', async () => {
    const mac = macWithCommand();
    await recorded(mac, alex, healthy);
    rmSync(mac.path('/usr/local/bin/dialog'));
    expect(printed(mac, script)).toBe('');
    const [call = []] = mac.calls('osascript');
    expect(call.slice(-3)).toEqual([expect.stringContaining('Work sign-in works on this Mac.'), '', '900']);
  });

  test('at the login window nothing is shown', () => {
    const mac = macWithCommand({ sessions: [] });
    expect(printed(mac, script, 1)).toBe('PSSO Monitor: nobody is logged in');
    expect(existsSync(mac.path('/usr/local/bin/dialog'))).toBe(true);
    expect(mac.calls('dialog')).toEqual([]);
  });
});
