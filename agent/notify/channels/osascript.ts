import { type Channel, channelOutcome } from './channel.ts';

/** The only script that is compiled; the text arrives as `argv`. */
const script = [
  'on run argv',
  'display notification (item 2 of argv) with title (item 1 of argv)',
  'end run',
].flatMap((line) => ['-e', line]);

/**
 * Fallback channel. macOS shows it as Script Editor and drops it unless that is allowed; the agent cannot
 * know. `--` ends the options of osascript, so a title may begin with a dash.
 */
export const osascript: Channel = {
  name: 'osascript',
  command: 'osascript',
  profile: {
    name: 'osascript',
    shownAs: 'Script Editor',
    bundles: ['com.apple.ScriptEditor2'],
    remark:
      'Only when neither swiftDialog nor IBM Notifier is deployed. It allows notifications for every script on the Mac, since macOS attributes all of them to Script Editor.',
  },
  click: 'A click opens Script Editor, which does not help the user.',
  async show(runner, { title, body }) {
    return channelOutcome('osascript', await runner.run('osascript', [...script, '--', title, body]));
  },
};
