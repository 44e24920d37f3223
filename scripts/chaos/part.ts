import type { ChaosPlace } from './chaos-place.ts';

/** A promise that a part of the chaos run holds to its test. */
export interface Held {
  /** A sentence of docs/reliability.md. */
  readonly promise: string;
  /** What was done and measured, in words. */
  readonly figure: string;
}

/** What a part may use. `seconds`: when it should end, about. */
export interface PartInput {
  readonly place: ChaosPlace;
  readonly random: (below: number) => number;
  readonly seconds: number;
  /** Call it with a sentence for each promise that was broken. */
  readonly broken: (what: string) => void;
}

/** A part of `npm run chaos`. */
export type Part = (input: PartInput) => Promise<Held[]>;
