/** The programs that show notifications, best first. Each has a file in notify/channels/. */
export const channelPrograms = ['swiftDialog', 'ibmNotifier', 'osascript'] as const;
export type ChannelProgram = (typeof channelPrograms)[number];

export const channelNames = [...channelPrograms, 'none'] as const;
export type ChannelName = (typeof channelNames)[number];
