import type { AppSso } from '../../types/observation.ts';
import { fromIso, type Iso } from '../../types/time.ts';
import { type AppSsoOptions, understandAppSso } from './app-sso.ts';
import { isoOfPrinted } from './timestamp.ts';

const timeLabel = 'Time:';
/** In every section: the moment of the command, which the parser does not read. */
const createdLabel = '"created" : "';
const createdShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const createdLength = '2026-02-03T08:00:00Z'.length;

interface Last {
  readonly text: string;
  readonly account: string | undefined;
  readonly answer: AppSso;
  /** What may be another moment, in order; the first is what follows `Time:` in its line. */
  readonly moments: readonly Span[];
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * A parser that remembers its last answer. `app-sso platform -s` prints the same at look after look, but for the moment of the command in its Time line
 * and in each `created`; then nothing else is read, and everything of the answer but `observedAt` is the very same value.
 *
 * Invariant: it answers what parseAppSso answers.
 */
export function appSsoParser(): (text: string, options?: AppSsoOptions) => AppSso {
  let last: Last | null = null;
  return (text, { account } = {}) => {
    if (last !== null && last.account === account) {
      const again = answerAgain(last, text);
      if (again !== null) return again;
    }
    const { answer, timeAt } = understandAppSso(text, account === undefined ? {} : { account });
    const moments = timeAt === null || answer.observedAt === null ? [] : momentsOf(text, timeAt);
    last = { text, account, answer, moments };
    return answer;
  };
}

function momentsOf(text: string, timeAt: number): Span[] {
  const from = timeAt + timeLabel.length;
  const lineEnd = text.indexOf('\n', from);
  const moments = [{ from, to: lineEnd === -1 ? text.length : lineEnd }];
  for (let at = text.indexOf(createdLabel, from); at !== -1; at = text.indexOf(createdLabel, at + 1)) {
    const begin = at + createdLabel.length;
    const span = { from: begin, to: begin + createdLength };
    if (createdShape.test(text.slice(span.from, span.to))) moments.push(span);
  }
  return moments;
}

/** Null: it says something else, or is not certain to say the same. */
function answerAgain({ text: before, answer, moments }: Last, text: string): AppSso | null {
  if (text === before) return answer;
  const [time, ...created] = moments;
  if (time === undefined || text.length !== before.length) return null;
  let compared = 0;
  for (const { from, to } of moments) {
    if (text.slice(compared, from) !== before.slice(compared, from)) return null;
    compared = to;
  }
  if (text.slice(compared) !== before.slice(compared)) return null;
  if (!created.every(({ from, to }) => createdShape.test(text.slice(from, to)))) return null;
  const printed = text.slice(time.from, time.to);
  const observedAt = printed.startsWith(' ') ? isoOfPrinted(printed.trim()) : null;
  if (observedAt === null || answer.observedAt === null) return null;
  if (observedAt === answer.observedAt) return answer;
  return isPast(answer, observedAt) === isPast(answer, answer.observedAt) ? { ...answer, observedAt } : null;
}

/** Whether tokens are expired is decided by the time where nothing is printed of it. */
function isPast({ tokens }: AppSso, at: Iso): boolean {
  const expiresAt = tokens?.expiresAt ?? null;
  return expiresAt !== null && fromIso(expiresAt) <= fromIso(at);
}
