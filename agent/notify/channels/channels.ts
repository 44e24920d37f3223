import { type ChannelProgram, channelPrograms } from '../../shared/channel-names.ts';
import type { Channel } from './channel.ts';
import { ibmNotifier } from './ibm-notifier.ts';
import { osascript } from './osascript.ts';
import { swiftDialog } from './swift-dialog.ts';

const byName: Readonly<Record<ChannelProgram, Channel>> = { swiftDialog, ibmNotifier, osascript };

/** Every channel, best first: a program that an admin deployed shows notifications in its own name. */
export const channels: readonly Channel[] = channelPrograms.map((name) => byName[name]);
