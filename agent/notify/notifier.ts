import type { ChannelName } from '../shared/channel-names.ts';

/** At most one shown notification for each issue: a new one with the same identifier replaces it. */
export interface Notification {
  /** Stable, from the catalogue, never from data. */
  readonly identifier: string;
  readonly title: string;
  readonly body: string;
  /** A checked link (shared/links.ts) that a click opens, where the channel can. */
  readonly opens?: string;
}

export type Delivery =
  /** Delivered to `channel`. The agent cannot know whether the user saw it. */
  | { readonly ok: true; readonly channel: ChannelName }
  | { readonly ok: false; readonly channel: ChannelName | null; readonly reason: string };

/** Shows a notification through the best channel. Never rejects. */
export interface Notifier {
  show(notification: Notification): Promise<Delivery>;
  /** Withdraws a shown notification where the channel can; otherwise does nothing. */
  withdraw(identifier: string): Promise<void>;
}
