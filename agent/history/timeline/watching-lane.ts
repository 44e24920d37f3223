import { detailOf, instantOf } from '../history.ts';
import type { LaneInput } from './lane-input.ts';
import { type Cover, covered, laneOf, spansOf } from './spans.ts';
import type { Lane } from './timeline-shape.ts';

const tones = {
  watching: 'good',
  asleep: 'quiet',
  notRunning: 'unknown',
  unwatched: 'unknown',
} as const;

/** When the agent watched the Mac, and the reasons of the gaps. */
export function watchingLane(input: LaneInput): Lane {
  return laneOf(input.words.watching, tones, (state) => {
    const gaps: Cover[] = gapsIn(input).map((gap) => ({ ...gap, state: state(gap.reason) }));
    return covered(spansOf([{ at: input.from, state: state('watching') }], input.to), gaps);
  });
}

type GapReason = Exclude<keyof typeof tones, 'watching'>;

export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly reason: GapReason;
}

/** The gaps of the history. */
export function gapsIn({ events, to: end }: Pick<LaneInput, 'events' | 'to'>): Gap[] {
  const gaps: Gap[] = [];
  const add = (from: number | null, to: number, reason: GapReason) => {
    if (from !== null && from < to) gaps.push({ from, to, reason });
  };
  let stoppedAt: number | null = null;
  for (const { at, row } of events) {
    const detail = detailOf(row);
    if (row.kind === 'agent-stopped') stoppedAt = at;
    else if (row.kind === 'agent-started') {
      add(stoppedAt, at, 'notRunning');
      stoppedAt = null;
    } else if (row.kind === 'agent-crashed') add(instantOf(detail.lastSeenAt), at, 'notRunning');
    else if (row.kind === 'gap') add(instantOf(detail.from), at, reasonOf(detail.reason));
  }
  add(stoppedAt, end, 'notRunning');
  return gaps;
}

function reasonOf(reason: unknown): GapReason {
  return reason === 'asleep' ? 'asleep' : reason === 'agentNotRunning' ? 'notRunning' : 'unwatched';
}
