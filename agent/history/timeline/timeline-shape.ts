/** The tone of a span: `quiet` needs no attention; `unknown` is never drawn as good. */
export type Tone = 'good' | 'quiet' | 'notice' | 'bad' | 'unknown';

/** From, until, and an index into the lane's states. Sorted, without overlap. */
export type Span = readonly [from: number, to: number, state: number];

export interface Lane {
  readonly name: string;
  /** An explanation of the lane. */
  readonly about: string;
  readonly states: readonly { readonly name: string; readonly tone: Tone }[];
  readonly spans: readonly Span[];
}

/** Marks at points in time: indices of events. */
export interface MarkLane {
  readonly name: string;
  readonly about: string;
  readonly events: readonly number[];
}

export interface Timeline {
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly Lane[];
  readonly marks: readonly MarkLane[];
}
