import { headlineFrom } from '../../assess/headline.ts';
import type { AgentActivity } from '../../daemon/agent-dependencies.ts';
import { headlineTexts } from '../../history/headline-texts.ts';
import { causeLine, statedCauses } from '../../history/stated-causes.ts';
import { localTime, withLocalTimes } from '../../shared/local-time.ts';
import { toIso } from '../../shared/time.ts';
import { styled } from './styled.ts';

/** What the demo says of it otherwise: its start, its end, and the notification, which follows as a whole. */
const leftOut: ReadonlySet<string> = new Set(['agent-started', 'agent-stopped', 'notification-shown']);

/** Collects the paragraphs of the demo in their order. */
export class DemoText {
  readonly paragraphs: string[] = [];
  #headline = '';

  /** A change on the Mac. */
  change(at: number, text: string): void {
    this.paragraphs.push('');
    this.#add(at, 'cyan', 'happens', text);
  }

  /** What the agent does: an event, a notification, or a state that is new. */
  activity(what: AgentActivity): void {
    if (what.type === 'polled') {
      const { headline = '' } = what.detected.state;
      if (headline === this.#headline) return;
      this.#headline = headline;
      const at = Date.parse(what.observation.at);
      this.#add(at, 'dim', 'state', styled('bold', headlineTexts[headlineFrom(headline)]));
    } else if (what.type === 'event') {
      const { at, kind, summary, data } = what.event;
      if (leftOut.has(kind)) return;
      this.#add(at, 'green', 'records', withLocalTimes(summary));
      if (kind !== 'issue-opened') return;
      const [cause] = statedCauses(data, 'entra');
      if (cause !== undefined) this.#add(at, 'green', 'finds', withLocalTimes(causeLine(cause)));
    } else if (what.shown) {
      const { title, body } = what.notification.notification;
      this.#add(what.at, 'magenta', 'tells', `${styled('bold', title)}. ${body}`);
    }
  }

  #add(at: number, colour: 'cyan' | 'dim' | 'green' | 'magenta', label: string, text: string): void {
    const time = localTime(toIso(at)).slice(-5);
    this.paragraphs.push(`${time}  ${styled(colour, label.padEnd(7))}  ${text}`);
  }
}

export const demoLegend = `  ${styled('cyan', 'happens')}  what happens on the Mac
  ${styled('dim', 'state')}    the state of sign-in, as PSSO Monitor detects it every few minutes
  ${styled('green', 'records')}  what PSSO Monitor records for the helpdesk
  ${styled('green', 'finds')}    the most likely cause that it finds in its record
  ${styled('magenta', 'tells')}    a notification that Alex sees`;

/** How long a person reads a paragraph, in milliseconds. */
export function readingTime(paragraph: string): number {
  return paragraph === '' ? 0 : 300 + 10 * paragraph.length;
}
