import type { LimitComparison } from './judge-own-use.ts';

/** The text of a value with its limit: "312 MB of memory (limit 200 MB)". */
export function limitText({ what, measured, limit }: LimitComparison): string {
  return `${figure[what](measured)} (limit ${bare[what](limit)})`;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;
const seconds = (count: number) => `${count < 10 ? count.toFixed(1) : Math.round(count)} s`;
const bare: Readonly<Record<LimitComparison['what'], (value: number) => string>> = {
  memory: megabytes,
  cpu: seconds,
  rows: (count) => String(Math.round(count)),
};

/** The text of a value without its limit. */
export const figure: Readonly<Record<LimitComparison['what'], (value: number) => string>> = {
  memory: (value) => `${megabytes(value)} of memory`,
  cpu: (value) => `${seconds(value)} of processor time an hour`,
  rows: (value) => `${Math.round(value)} rows written an hour`,
};
