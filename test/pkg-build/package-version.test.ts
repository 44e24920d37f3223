import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packageVersion } from '../../pkg-build/package-version.ts';

type Version = readonly [major: number, minor: number, patch: number, candidate: number | null];

const number = fc.integer({ min: 0, max: 999 });
const version: fc.Arbitrary<Version> = fc
  .tuple(fc.integer({ min: 1, max: 999 }), number, number, fc.option(fc.integer({ min: 1, max: 99 })))
  .map((parts) => parts);
const textOf = ([major, minor, patch, candidate]: Version) =>
  `${major}.${minor}.${patch}${candidate === null ? '' : `-rc.${candidate}`}`;

/** By the rules of Semantic Versioning: a candidate comes before its release. */
const bySemver = (a: Version, b: Version) =>
  firstDifference(
    [...a.slice(0, 3), a[3] ?? Number.POSITIVE_INFINITY],
    [...b.slice(0, 3), b[3] ?? Number.POSITIVE_INFINITY],
  );
/** As Munki, Intune and the Installer compare: number by number, and a missing one is 0. */
const byNumbers = (a: string, b: string) =>
  firstDifference(a.split('.').map(Number), b.split('.').map(Number));

function firstDifference(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [left, right] = [a[at] ?? 0, b[at] ?? 0];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

describe('the version of the package', () => {
  test.each([
    ['1.0.0', '1.0.0'],
    ['1.0.0-rc.1', '0.999.999.1'],
    ['1.2.0-rc.12', '1.1.999.12'],
    ['1.2.3-rc.1', '1.2.2.1'],
  ])('of %s is %s', (given, wanted) => {
    expect(packageVersion(given)).toBe(wanted);
  });

  test('orders candidates and releases as Semantic Versioning does, by comparison of numbers', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(byNumbers(packageVersion(textOf(a)), packageVersion(textOf(b)))).toBe(bySemver(a, b));
      }),
    );
  });

  test('orders a candidate after the release before', () => {
    const order = [
      '0.1.0',
      '1.0.0-rc.1',
      '1.0.0-rc.2',
      '1.0.0',
      '1.0.1-rc.1',
      '1.0.1',
      '1.1.0-rc.1',
      '1.1.0',
    ];
    expect(order.map(packageVersion).sort(byNumbers)).toEqual(order.map(packageVersion));
  });

  test.each(['1.0', '1.0.0-beta', '1.0.0-rc', 'v1.0.0', '1.0.1000', '0.0.0-rc.1'])('refuses %s', (given) => {
    expect(() => packageVersion(given)).toThrow(given);
  });
});
