import type { ChannelName } from '../shared/channel-names.ts';
/** One live notification an issue: a new one with the same identifier replaces it. */
export interface Notification {
  /** Stable, from our own catalogue; never from data. */
  readonly identifier: string;
  readonly title: string;
  readonly body: string;
}

export type Delivery =
  /** Handed over. Whether it was seen can't be known; `channel` says by whom it was taken. */
  | { readonly ok: true; readonly channel: ChannelName }
  | { readonly ok: false; readonly channel: ChannelName | null; readonly reason: string };

/** Shows a notice through the best channel there is. Never rejects. */
export interface Notifier {
  show(notification: Notification): Promise<Delivery>;
  /** Takes a shown notice back where the channel can; otherwise does nothing. */
  withdraw(identifier: string): Promise<void>;
}
