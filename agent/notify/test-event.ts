import { type NewEvent, newEvent } from '../shared/event.ts';
import { sanitiseLine } from '../shared/safe-text.ts';
import { bodyLimit, titleLimit } from './notification-limits.ts';
import type { Delivery } from './notifier.ts';

/**
 * The event of `notify --test`. It is about no issue, and its purpose is `test`: what counts or lists the
 * notifications of issues leaves it out.
 */
export function testEvent(
  at: number,
  shown: { readonly title: string; readonly body: string },
  delivery: Delivery,
): NewEvent {
  const title = sanitiseLine(shown.title, titleLimit);
  const body = sanitiseLine(shown.body, bodyLimit);
  const data = { purpose: 'test', title, body, channel: delivery.channel };
  return delivery.ok
    ? newEvent(at, 'notification-shown', 'info', `Test notification: “${title}”`, { to: 'shown', data })
    : newEvent(
        at,
        'notification-failed',
        'low',
        `The test notification could not be shown: ${delivery.reason}.`,
        {
          to: 'failed',
          data: { ...data, reason: delivery.reason },
        },
      );
}
