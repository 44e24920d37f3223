import { filledText } from '../../shared/filled-text.ts';
import { instantOf } from '../history.ts';
import type { LaneInput } from './lane-input.ts';
import { type Change, spansOf } from './spans.ts';
import type { Lane, Tone } from './timeline-shape.ts';

/** One lane for each issue that was open in this time, by the time of the first opening. */
export function issueLanes(
  { issues, from, to, words }: LaneInput,
  titleOf: (issue: string) => string,
): Lane[] {
  const episodes = Map.groupBy(issues, ({ issue }) => issue);
  const lanes = [...episodes].flatMap(([id, rows]) => {
    const changes: Change[] = rows.flatMap((row) => {
      const opened = instantOf(row.opened_at);
      if (opened === null) return [];
      const resolved = instantOf(row.resolved_at);
      return [
        { at: Math.max(opened, from), state: 1 },
        ...(resolved === null ? [] : [{ at: Math.max(resolved, from), state: 0 }]),
      ];
    });
    const spans = spansOf(changes, to)
      .filter(([, , state]) => state === 1)
      .map(([begin, end]) => [begin, end, 0] as const);
    if (spans.length === 0) return [];
    const tone: Tone = rows.some(({ severity }) => severity === 'high') ? 'bad' : 'notice';
    const about = filledText(words.issue.about, { issue: id });
    return [{ name: titleOf(id), about, states: [{ name: words.issue.open, tone }], spans }];
  });
  return lanes.sort((one, other) => (one.spans[0]?.[0] ?? 0) - (other.spans[0]?.[0] ?? 0));
}
