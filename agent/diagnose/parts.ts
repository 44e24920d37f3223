import { captureOf } from '../capture/capture.ts';
import { pathsOf } from '../shared/paths.ts';
import { describe } from './description.ts';
import { nextStepsText } from './next-steps.ts';
import type { DiagnosisInput, Part } from './part.ts';
import { redactedLog } from './redact-log.ts';
import { printedState, settingsState, understoodState } from './state.ts';
import { versionsOf } from './versions.ts';

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** In the order in which somebody reads them. */
export const parts: readonly Part[] = [
  {
    file: 'description.md',
    title: 'a description of the problem, filled in as far as the Mac knows it, with blanks for you',
    make: async (diagnosed) => ({ 'description.md': descriptionOf(diagnosed) }),
  },
  {
    file: 'next-steps.txt',
    title: 'what to do next, with the commands for an admin',
    make: async () => ({ 'next-steps.txt': `${nextStepsText()}\n` }),
  },
  {
    file: 'events.db',
    title: 'the history of these days, without names: what happened, what was wrong, what you were shown',
    make: async ({ extract }) => ({ 'events.db': extract() }),
  },
  {
    file: 'timeline.html',
    title: 'the same as a page to look at: timeline, issues, what to do',
    make: async ({ withExtract, now }) => {
      const [{ historyOf }, { macReport }, { macReportHtml }] = await Promise.all([
        import('../history/history.ts'),
        import('../report/mac-report.ts'),
        import('../report/html.ts'),
      ]);
      const report = withExtract((reader) => macReport(historyOf(reader), { now }));
      return { 'timeline.html': await macReportHtml(report) };
    },
  },
  {
    file: 'state/',
    title:
      'what macOS says of Platform SSO, of the password rules and of the SSO profile, without names, keys and tokens',
    make: async ({ material: { snapshot }, redactor, freeText }) => ({
      'state/observation.json': json(understoodState(snapshot, redactor, freeText)),
      ...(await printedState(snapshot, redactor)),
    }),
  },
  {
    file: 'settings.json',
    title: 'the settings of PSSO Monitor, and where each comes from',
    make: async ({ material, freeText }) => ({
      'settings.json': json(settingsState(material.snapshot, freeText)),
    }),
  },
  {
    file: 'versions.json',
    title: 'the versions of macOS, Company Portal and PSSO Monitor',
    make: async ({ material }) => ({ 'versions.json': json(versionsOf(material.snapshot)) }),
  },
  {
    file: 'doctor.json',
    title: 'whether PSSO Monitor itself is in order',
    make: async ({ global, freeText }) => {
      const [{ doctorDependencies }, { runChecks }] = await Promise.all([
        import('../doctor/doctor-dependencies.ts'),
        import('../doctor/run-checks.ts'),
      ]);
      const checks = await runChecks(await doctorDependencies(global));
      return {
        'doctor.json': json(
          checks.map(({ id, group, verdict, message, next }) => ({
            id,
            group,
            verdict,
            message: freeText.redact(message, 'foreign'),
            next: next === null ? null : freeText.redact(next, 'foreign'),
          })),
        ),
      };
    },
  },
  {
    file: 'agent.log',
    title: "the agent's log of these days, without names",
    make: async ({ global, since, freeText }) => {
      const log = redactedLog(pathsOf(global).log, since, freeText);
      return log === null ? null : { 'agent.log': log };
    },
  },
  {
    file: 'capture.ndjson',
    title: 'this Mac as a scenario, so that the problem can be made a test',
    make: async ({ material, redactor }) => {
      const capture = await captureOf(material, { redactor });
      return { 'capture.ndjson': capture.text };
    },
  },
];

/** The same without an archive. */
export function descriptionOf({ material, now, since, withExtract }: DiagnosisInput): string {
  const options = { now, since, versions: versionsOf(material.snapshot) };
  return material.history === null
    ? describe(null, options)
    : withExtract((reader) => describe(reader, options));
}
