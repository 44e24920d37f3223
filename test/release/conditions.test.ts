import { describe, expect, test } from 'vitest';
import {
  laterProblems,
  type ReleaseFacts,
  releaseProblems,
  signatureProblem,
} from '../../scripts/release/conditions.ts';
import { changelogSection, releaseNotes } from '../../scripts/release/release-notes.ts';

const changelog = `# Changelog

## [Unreleased]

- Not yet.

## [1.0.0-rc.1] - 2026-12-01

### Added

- The first.

## [0.1.0]

- Older.
`;

const ready: ReleaseFacts = {
  version: '1.0.0-rc.1',
  tag: 'v1.0.0-rc.1',
  tagIsElsewhere: false,
  address: 'https://github.com/o/n',
  signer: 'Developer ID Installer: Example GmbH (ABCDE12345)',
  changelog,
  verifiedRuns: 0,
  commit: 'abc',
  changedFiles: [],
};
const final = {
  ...ready,
  version: '1.0.0',
  tag: 'v1.0.0',
  changelog: '## [1.0.0] - 2026-12-24\n\n- It.\n',
};

describe('the conditions of a release', () => {
  test('are met by a candidate that was never on a Mac, and by a rehearsal', () => {
    expect(releaseProblems(ready)).toEqual([]);
    expect(releaseProblems({ ...ready, tag: null })).toEqual([]);
    expect(laterProblems(ready)).toEqual([
      'For 1.0.0, docs/verified-on-mac.json needs a real run; it holds none.',
    ]);
  });

  test('of 1.0.0 include a run on a real Mac', () => {
    expect(releaseProblems(final)).toEqual([expect.stringContaining('holds no real run')]);
    expect(releaseProblems({ ...final, verifiedRuns: 1 })).toEqual([]);
    expect(laterProblems(final).concat(laterProblems({ ...ready, verifiedRuns: 1 }))).toEqual([]);
  });

  test('do not include the signer, which the catalogues need', () => {
    expect(releaseProblems({ ...ready, signer: null })).toEqual([]);
    expect(laterProblems({ ...ready, signer: null, verifiedRuns: 1 })).toEqual([
      expect.stringMatching(/release-signer\.ts\): dist-recipes can not be used/),
    ]);
  });

  test.each<[string, Partial<ReleaseFacts>, RegExp]>([
    ['an unset address', { address: null }, /address of the project is unset/],
    ['another tag', { tag: 'v1.0.0' }, /tag v1\.0\.0 is not v1\.0\.0-rc\.1/],
    ['a tag elsewhere', { tagIsElsewhere: true }, /names another commit/],
    ['a version of another form', { version: '1.0', tag: 'v1.0' }, /1\.2\.3 or 1\.2\.3-rc\.1/],
    ['no section', { changelog: '# Changelog\n' }, /no section \[1\.0\.0-rc\.1\]/],
    ['no date', { changelog: '## [1.0.0-rc.1]\n\n- It.\n' }, /no date yet/],
    ['an empty section', { changelog: '## [1.0.0-rc.1] - 2026-12-01\n' }, /is empty/],
    ['changed files', { changedFiles: ['a.ts', 'b.ts'] }, /in no commit: a\.ts, b\.ts/],
    ['no checkout', { commit: null }, /no git checkout/],
  ])('are not met by %s', (_what, change, problem) => {
    expect(releaseProblems({ ...ready, ...change })).toContainEqual(expect.stringMatching(problem));
  });
});

test('packages without a signature are refused once the catalogues verify one', () => {
  const signer = 'Developer ID Installer: Example GmbH (ABCDE12345)';
  expect([signatureProblem(true, signer), signatureProblem(false, null)]).toEqual([null, null]);
  expect(signatureProblem(false, signer)).toContain('not signed');
});

describe('the notes of a release', () => {
  test('are the section of its version', () => {
    expect(changelogSection(changelog, '1.0.0-rc.1')).toEqual({
      date: '2026-12-01',
      text: '### Added\n\n- The first.',
    });
    expect(changelogSection(changelog, '0.1.0')).toEqual({ date: null, text: '- Older.' });
    expect(changelogSection(changelog, '2.0.0')).toBeNull();
  });

  test('say which package is for whom, and whether it is signed', () => {
    const packages = ['-arm64', '-x86_64', ''].map((of) => ({
      name: `psso-monitor-1.0.0${of}.pkg`,
      bytes: 47_123_456,
      sha256: 'ab',
    }));
    const given = { version: '1.0.0', address: 'https://github.com/o/n', packages, changes: '- The first.' };
    const notes = releaseNotes({ ...given, signed: false });
    expect(notes).toContain('| `psso-monitor-1.0.0-arm64.pkg` | Apple silicon | 47.1 MB | `ab` |');
    expect(notes).toContain('| `psso-monitor-1.0.0-x86_64.pkg` | Intel |');
    expect(notes).toContain('| `psso-monitor-1.0.0.pkg` | both processors |');
    expect(notes).toContain('gh attestation verify FILE --repo o/n');
    expect(notes).toContain('**not signed**');
    expect(notes).toMatch(/- The first\.\n$/);
    expect(releaseNotes({ ...given, signed: true })).toContain(
      'are signed with a Developer ID and notarized',
    );
    expect(releaseNotes({ ...given, address: null, signed: true })).toContain('--repo OWNER/NAME');
  });
});
