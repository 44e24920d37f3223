import { printedInScenario } from '../../redact/printed-in-scenario.ts';
import { type RawPoll, type Redaction, stdoutOf } from '../../redaction.ts';
import { parsePasswordPolicy } from './parse-password-policy.ts';
import { redactPasswordPolicy } from './redact-password-policy.ts';

function outcomeOf(poll: RawPoll) {
  return poll.outcome('pwpolicy', '-getaccountpolicies');
}

/** Its text can hold an admin's own words: it is redacted first and then parsed. */
export const redaction: Redaction<'passwordPolicy'> = {
  reading(reading, poll) {
    if (!reading.ok) return reading;
    const { stricterThanIdp, stricter } = reading.value;
    const text = redactPasswordPolicy(stdoutOf(outcomeOf(poll)) ?? '', poll.redactor);
    return { ok: true, value: { ...parsePasswordPolicy(text), stricterThanIdp, stricter } };
  },
  scenario: (_, poll) => ({
    changes: {
      passwordPolicy: printedInScenario(outcomeOf(poll), (text) => redactPasswordPolicy(text, poll.redactor)),
    },
  }),
  outputs: {
    'password-policy.txt': async (poll) => {
      const text = stdoutOf(outcomeOf(poll));
      return text === null ? null : redactPasswordPolicy(text, poll.redactor);
    },
  },
};
