import type { IssueFile } from './issue-files.ts';
import type { EffectiveSettings } from './settings.ts';

/**
 * The settings with what the setting Issues and the files of share/issues.d set for issues. The code that
 * reads them is loaded when there is something to read.
 */
export async function withOwnIssues(
  effective: EffectiveSettings,
  files: readonly IssueFile[],
): Promise<EffectiveSettings> {
  const { Issues: entries } = effective.values;
  if (Object.keys(entries).length === 0 && files.length === 0) return effective;
  const { ownIssues } = await import('../rules/own-issues.ts');
  const { mistakes, ...issues } = await ownIssues([
    { place: 'Issues', entries },
    ...files.map(({ name, entries: ofFile }) => ({ place: name, entries: ofFile ?? {} })),
  ]);
  const problems = [...files.flatMap(({ problem }) => (problem === null ? [] : [problem])), ...mistakes];
  return {
    ...effective,
    organisation: { ...effective.organisation, ...issues },
    problems: [
      ...effective.problems,
      ...problems.map((message) => ({ key: 'Issues', origin: 'managed' as const, message })),
    ],
  };
}
