export const channelNames = ['swiftDialog', 'ibmNotifier', 'osascript', 'none'] as const;

export type ChannelName = (typeof channelNames)[number];
