import { printedInScenario } from '../../redact/printed-in-scenario.ts';
import { type RawPoll, type Redaction, stdoutOf } from '../../redaction.ts';
import { parseAppSso } from './parse-app-sso.ts';
import { redactAppSso } from './redact-app-sso.ts';

function outcomeOf(poll: RawPoll) {
  return poll.outcome('appSso', 'platform');
}

/** Its text holds names and keys: it is redacted first and then parsed. */
export const redaction: Redaction<'appSso'> = {
  reading(reading, poll) {
    if (!reading.ok) return reading;
    const text = redactAppSso(stdoutOf(outcomeOf(poll)) ?? '', poll.redactor);
    return { ok: true, value: parseAppSso(text, { account: poll.account }) };
  },
  scenario: (_, poll) => ({
    changes: { appSso: printedInScenario(outcomeOf(poll), (text) => redactAppSso(text, poll.redactor)) },
  }),
  outputs: {
    'app-sso.txt': async (poll) => {
      const text = stdoutOf(outcomeOf(poll));
      return text === null ? null : redactAppSso(text, poll.redactor);
    },
  },
};
