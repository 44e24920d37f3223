import { type Channel, channelOutcome } from './channel.ts';

/** The text comes in as `argv`; this script is all that is ever compiled. */
const script = [
  'on run argv',
  'display notification (item 2 of argv) with title (item 1 of argv)',
  'end run',
].flatMap((line) => ['-e', line]);

/**
 * The last resort: shown in Script Editor's name, dropped silently until that is allowed to notify, and delivery can't
 * be known. `--` ends osascript's own options, so a title may begin with a dash.
 */
export const osascript: Channel = {
  name: 'osascript',
  async show(runner, { title, body }) {
    return channelOutcome('osascript', await runner.run('osascript', [...script, '--', title, body]));
  },
};
