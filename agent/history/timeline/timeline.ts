import { changeKinds } from '../../shared/changes.ts';
import type { TimelineTexts } from '../../texts/report-texts.ts';
import { type History, isShownNotification } from '../history.ts';
import { issueLanes } from './issue-lanes.ts';
import { type Happened, type LaneInput, laneInput } from './lane-input.ts';
import { passwordWindowLane } from './password-window-lane.ts';
import { registrationLane } from './registration-lane.ts';
import type { MarkLane, Timeline } from './timeline-shape.ts';
import { tokensLane } from './tokens-lane.ts';
import { watchingLane } from './watching-lane.ts';

export interface TimelineWords {
  readonly lanes: TimelineTexts;
  /** The title of an issue. */
  readonly titleOf: (issue: string) => string;
}

/** The timeline of a history; null: there is no event. `lastPollAt` null: unknown. */
export function timelineOf(
  history: History,
  lastPollAt: number | null,
  { lanes, titleOf }: TimelineWords,
): Timeline | null {
  const input = laneInput(history, lastPollAt, lanes);
  if (input === null) return null;
  const { from, to } = input;
  const window = passwordWindowLane(input);
  return {
    from,
    to,
    lanes: [
      registrationLane(input),
      tokensLane(input),
      ...(window === null ? [] : [window]),
      watchingLane(input),
      ...issueLanes(input, titleOf),
    ],
    marks: marksOf(input),
  };
}

type Named = TimelineTexts['changes' | 'shown'];

function marksOf({ events, words: { changes, shown } }: LaneInput): MarkLane[] {
  const lane = ({ name, about }: Named, belongs: (event: Happened) => boolean): MarkLane[] => {
    const found = events.filter(belongs).map(({ index }) => index);
    return found.length === 0 ? [] : [{ name, about, events: found }];
  };
  return [
    ...lane(changes, ({ row }) => changeKinds.has(row.kind)),
    ...lane(shown, ({ row }) => isShownNotification(row)),
  ];
}
