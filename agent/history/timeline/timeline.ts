import { noOrganisation, type Organisation } from '../../issues/organisation.ts';
import { changeKinds } from '../../shared/changes.ts';
import { type History, isShownNotification } from '../history.ts';
import { issueLanes } from './issue-lanes.ts';
import { type Happened, type LaneInput, laneInput } from './lane-input.ts';
import { passwordWindowLane } from './password-window-lane.ts';
import { registrationLane } from './registration-lane.ts';
import type { MarkLane, Timeline } from './timeline-shape.ts';
import { tokensLane } from './tokens-lane.ts';
import { watchingLane } from './watching-lane.ts';

/** The timeline of a history; null: there is no event. `lastPollAt` null: unknown. */
export function timelineOf(
  history: History,
  lastPollAt: number | null,
  organisation: Organisation = noOrganisation,
): Timeline | null {
  const input = laneInput(history, lastPollAt);
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
      ...issueLanes(input, organisation),
    ],
    marks: marksOf(input),
  };
}

function marksOf({ events }: LaneInput): MarkLane[] {
  const lane = (name: string, about: string, belongs: (event: Happened) => boolean): MarkLane[] => {
    const found = events.filter(belongs).map(({ index }) => index);
    return found.length === 0 ? [] : [{ name, about, events: found }];
  };
  return [
    ...lane('Changes', 'Updates, profiles, policies and other changes that may explain a break.', ({ row }) =>
      changeKinds.has(row.kind),
    ),
    ...lane('Shown to the user', 'Notifications that the user was shown.', ({ row }) =>
      isShownNotification(row),
    ),
  ];
}
