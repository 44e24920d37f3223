import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { issueOf } from '../../agent/issues/issues.ts';
import { type CommandName, commands } from '../../agent/mac/commands.ts';
import { SystemRunner } from '../../agent/mac/system-runner.ts';
import { createNotifier } from '../../agent/notify/channel-notifier.ts';
import { callRecorder, recordedCalls } from '../../agent/simulation/recorded-calls.ts';
import { installScript, temporarySysroot } from '../mac/temporary-sysroot.ts';

type Program = Extract<CommandName, 'dialog' | 'ibmNotifier' | 'osascript'>;

/**
 * The three programs, each reading its arguments as the real one does: swiftDialog drops a value that begins
 * with a dash, IBM Notifier and osascript read it as an option, osascript unless `--` comes first.
 */
const programs: Readonly<Record<Program, string>> = {
  dialog: `
if [ "$1" = --version ]; then cat "$0.version" 2>/dev/null || echo 3.1.0.4900; exit 0; fi
while [ $# -gt 0 ]; do
  case "$1" in
    --notification) notification=yes; shift;;
    --remove) removed=yes; shift;;
    --identifier|--title|--message|--button1action)
      name=$1; shift
      case "$1" in -*) ;; *) eval "value_\${name#--}=\\$1"; shift;; esac;;
    *) shift;;
  esac
done
[ -n "$notification" ] || exit 251
if [ -n "$removed" ]; then say removed "$value_identifier"; else say "$value_identifier" "$value_title" "$value_message" \${value_button1action:+"$value_button1action"}; fi`,
  ibmNotifier: `
[ $# -eq 6 ] || [ "$7 $8 $9" = '-main_button_cta_type link -main_button_cta_payload' ] || exit 250
link=\${10-}
for argument; do case "$argument" in -type|-title|-subtitle|-main_button_*) ;; -*) exit 255;; esac; done
say "$2" "$4" "$6" \${link:+"$link"}`,
  osascript: `
while [ $# -gt 0 ]; do
  case "$1" in
    -e) script="$script$2;"; shift 2;;
    --) shift; break;;
    -*) echo "osascript: illegal option" >&2; exit 2;;
    *) break;;
  esac
done
say "$script" "$1" "$2"`,
};

interface Mac {
  readonly runner: SystemRunner;
  /** What a program was made to show, one array a call. */
  shown(program: Program): Promise<string[][]>;
}

/**
 * A Mac with these programs; a script given here replaces what the program does after its arguments were
 * noted.
 */
async function macWith(installed: Partial<Record<Program, string>>): Promise<Mac> {
  const sysroot = await temporarySysroot();
  const shown = (program: Program) => join(sysroot, `${commands[program]}.shown`);
  for (const program of ['dialog', 'ibmNotifier', 'osascript'] as const) {
    const script = installed[program];
    if (script === undefined) continue;
    const say = `say() {\n${callRecorder(shown(program))}}`;
    await installScript(sysroot, commands[program], `${say}\n${script}`);
  }
  return {
    runner: new SystemRunner({
      sysroot,
      home: '/Users/alex',
      user: 'alex',
      timeoutMs: 700,
      killAfterMs: 200,
    }),
    async shown(program) {
      const file = shown(program);
      return existsSync(file) ? recordedCalls(await readFile(file, 'utf8')) : [];
    },
  };
}

const all = programs;
const notification = { identifier: 'psso-not-registered', title: 'A title', body: 'A text.' };
const visible = (text: string | undefined) => text?.replace(/^\u2060/, '');

const hostile = [
  `"; display dialog "pwned`,
  '$(touch pwned) `touch pwned`',
  `' & quit & "`,
  '-e',
  '--',
  '-',
  '--remove',
  '-title',
  '\\" \\n %s {{x}} 👩‍👩‍👧 Grüße',
];

describe.each(['dialog', 'ibmNotifier', 'osascript'] as const)('through %s', (program) => {
  const name = program === 'dialog' ? 'swiftDialog' : program;

  test('shows a notification with its title and text', async () => {
    const mac = await macWith({ [program]: all[program] });
    expect(
      await createNotifier({ runner: mac.runner, preferred: () => 'automatic' }).show(notification),
    ).toEqual({
      ok: true,
      channel: name,
    });
    const [shown] = await mac.shown(program);
    expect(shown?.slice(1)).toEqual(['A title', 'A text.']);
  });

  test('a click opens the pane of the issue, where the channel can', async () => {
    const mac = await macWith({ [program]: all[program] });
    const opens = issueOf('registration-needs-repair')?.settingsLink ?? '';
    expect(opens).toMatch(/^x-apple\.systempreferences:[\w.-]+$/);
    const notifier = createNotifier({ runner: mac.runner, preferred: () => 'automatic' });
    await notifier.show({ ...notification, opens });
    const [shown] = await mac.shown(program);
    const action = { dialog: [`/usr/bin/open ${opens}`], ibmNotifier: [opens], osascript: [] };
    expect(shown?.slice(3)).toEqual(action[program]);
  });

  test.each(['https://help.contoso.com/?from=mac&lang=en', 'mailto:it@contoso.com'])(
    'a click opens %s, a command only where it has no ://',
    async (opens) => {
      const mac = await macWith({ [program]: all[program] });
      const notifier = createNotifier({ runner: mac.runner, preferred: () => 'automatic' });
      await notifier.show({ ...notification, opens });
      const [shown] = await mac.shown(program);
      const dialog = [opens.includes('://') ? opens : `/usr/bin/open ${opens}`];
      expect(shown?.slice(3)).toEqual({ dialog, ibmNotifier: [opens], osascript: [] }[program]);
    },
  );

  test.each(hostile)('shows %j as plain text', async (text) => {
    const mac = await macWith({ [program]: all[program] });
    const notifier = createNotifier({ runner: mac.runner, preferred: () => 'automatic' });
    expect(await notifier.show({ ...notification, title: text, body: text })).toMatchObject({ ok: true });
    const [shown] = await mac.shown(program);
    expect(shown?.slice(1).map(visible)).toEqual([text, text]);
  });

  test('control characters never reach it, and a text too long is cut', async () => {
    const mac = await macWith({ [program]: all[program] });
    const notifier = createNotifier({ runner: mac.runner, preferred: () => 'automatic' });
    await notifier.show({ ...notification, title: 'a\u001b[1m\nb\u202e', body: 'x'.repeat(1000) });
    const [shown] = await mac.shown(program);
    expect(shown?.[1]).toBe('a[1m b');
    expect(shown?.[2]).toBe(`${'x'.repeat(229)}…`);
  });
});

describe('osascript', () => {
  test('compiles the same three lines for every notification', async () => {
    const mac = await macWith({ osascript: all.osascript });
    const notifier = createNotifier({ runner: mac.runner, preferred: () => 'automatic' });
    await notifier.show(notification);
    await notifier.show({ ...notification, title: '" & (do shell script "id") & "' });
    const scripts = (await mac.shown('osascript')).map(([script]) => script);
    const script = 'on run argv;display notification (item 2 of argv) with title (item 1 of argv);end run;';
    expect(scripts).toEqual([script, script]);
  });
});

describe('which channel', () => {
  test('an admin deployed is preferred; the next one is taken when one is absent or fails', async () => {
    const show = async (installed: Partial<Record<Program, string>>) => {
      const { runner } = await macWith(installed);
      const delivery = await createNotifier({ runner, preferred: () => 'automatic' }).show(notification);
      return delivery.channel;
    };
    expect(await show(all)).toBe('swiftDialog');
    expect(await show({ ...all, dialog: 'exit 1' })).toBe('ibmNotifier');
    expect(await show({ ibmNotifier: all.ibmNotifier, osascript: all.osascript })).toBe('ibmNotifier');
    expect(await show({ ibmNotifier: 'exit 255', osascript: all.osascript })).toBe('osascript');
    expect(await show({ dialog: 'kill -KILL $$', osascript: all.osascript })).toBe('osascript');
    expect(await show({ dialog: 'exec sleep 20', osascript: all.osascript })).toBe('osascript');
  });

  test('swiftDialog that macOS does not let notify has shown nothing, though it ends well', async () => {
    const mac = await macWith({
      dialog: 'echo "Notifications are not allowed for this application"',
      osascript: all.osascript,
    });
    const delivery = await createNotifier({ runner: mac.runner, preferred: () => 'automatic' }).show(
      notification,
    );
    expect(delivery).toEqual({ ok: true, channel: 'osascript' });
  });

  test.each([
    ['waits for the answer', 'say banner; exec sleep 20'],
    ['was dismissed', 'say banner; exit 239'],
    ['was answered', 'say banner; exit 2'],
  ])('IBM Notifier whose banner %s has shown it: no second notification', async (_what, script) => {
    const mac = await macWith({ ibmNotifier: script, osascript: all.osascript });
    const delivery = await createNotifier({ runner: mac.runner, preferred: () => 'automatic' }).show(
      notification,
    );
    expect(delivery).toEqual({ ok: true, channel: 'ibmNotifier' });
    expect(await mac.shown('osascript')).toEqual([]);
  });

  test('an admin chose is the only one', async () => {
    const mac = await macWith({ ...all, dialog: 'exit 1' });
    const swiftDialog = createNotifier({ runner: mac.runner, preferred: () => 'swiftDialog' });
    expect(await swiftDialog.show(notification)).toMatchObject({ ok: false, channel: 'swiftDialog' });
    const osascript = createNotifier({ runner: mac.runner, preferred: () => 'osascript' });
    expect(await osascript.show(notification)).toEqual({ ok: true, channel: 'osascript' });
    expect(await mac.shown('ibmNotifier')).toEqual([]);
  });

  test('reports the tried channels when none shows the notification', async () => {
    const bare = await macWith({});
    const nothing = await createNotifier({ runner: bare.runner, preferred: () => 'automatic' }).show(
      notification,
    );
    expect(nothing).toEqual({ ok: false, channel: null, reason: 'no notification program was found' });

    const broken = await macWith({ dialog: 'exit 3', osascript: 'exit 1' });
    const failed = await createNotifier({ runner: broken.runner, preferred: () => 'automatic' }).show(
      notification,
    );
    expect(failed).toMatchObject({ ok: false, channel: 'osascript' });
    expect(failed.ok ? '' : failed.reason).toMatch(/swiftDialog.* status 3.*osascript.* status 1/);
  });

  test('searches no channel when notifications are turned off', async () => {
    const mac = await macWith(all);
    const delivery = await createNotifier({ runner: mac.runner, preferred: () => 'none' }).show(notification);
    expect(delivery).toEqual({ ok: false, channel: 'none', reason: 'notifications are turned off' });
    for (const program of ['dialog', 'ibmNotifier', 'osascript'] as const) {
      expect(await mac.shown(program)).toEqual([]);
    }
  });
});

describe('withdrawing a notification', () => {
  test('asks swiftDialog, by the identifier it was shown with', async () => {
    const mac = await macWith(all);
    const notifier = createNotifier({ runner: mac.runner, preferred: () => 'automatic' });
    await notifier.show(notification);
    await notifier.withdraw(notification.identifier);
    expect(await mac.shown('dialog')).toEqual([
      [notification.identifier, 'A title', 'A text.'],
      ['removed', notification.identifier],
    ]);
  });

  test.each([
    ['2.5.5.4802', false],
    ['2.4', false],
    ['2.5.6.4805', true],
    ['3.0', true],
    ['swiftDialog, some version', true],
  ])('swiftDialog %s: %s, since an older one would show another notification', async (version, asked) => {
    const mac = await macWith({ dialog: `echo '${version}' > "$0.version"\n${all.dialog}` });
    await createNotifier({ runner: mac.runner, preferred: () => 'automatic' }).withdraw(
      notification.identifier,
    );
    expect(await mac.shown('dialog')).toEqual(asked ? [['removed', notification.identifier]] : []);
  });

  test('does nothing, and fails at nothing, where no channel can', async () => {
    const mac = await macWith({ ibmNotifier: all.ibmNotifier, osascript: all.osascript });
    await createNotifier({ runner: mac.runner, preferred: () => 'automatic' }).withdraw(
      notification.identifier,
    );
    expect(await mac.shown('ibmNotifier')).toEqual([]);
    expect(await mac.shown('osascript')).toEqual([]);
  });
});
