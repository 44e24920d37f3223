import { headlineFrom } from '../../assess/headline.ts';
import type { AgentActivity } from '../../daemon/agent-dependencies.ts';
import { headlineTexts } from '../../history/headline-texts.ts';
import { localDateTime, withLocalTimes } from '../../shared/local-time.ts';
import { toIso } from '../../shared/time.ts';
import { printLine, styled } from './print.ts';

/** Prints what a `run` on a terminal does: the state when it changes, each event and each notification. */
export function printsActivity(logFile: string): (what: AgentActivity) => void {
  printLine('Watching Platform SSO on this Mac. Ctrl-C ends it. The log is in:');
  printLine(`  ${logFile}`);
  let last = '';
  return (what) => {
    if (what.type === 'polled') {
      const { headline } = what.detected.state;
      if (headline === undefined || headline === last) return;
      last = headline;
      printAt(what.observation.at, styled('bold', headlineTexts[headlineFrom(headline)]));
    } else if (what.type === 'event') {
      const { at, kind, summary } = what.event;
      // The notification follows with its whole text.
      if (kind !== 'notification-shown') printAt(toIso(at), `${kind}: ${withLocalTimes(summary)}`);
    } else if (what.shown) {
      const { title, body } = what.notification.notification;
      printAt(toIso(what.at), `${styled('magenta', 'The user is shown')}: ${title}. ${body}`);
    }
  };
}

function printAt(iso: string, text: string): void {
  printLine(`${localDateTime(iso).slice(-8)}  ${text}`);
}
