import { captureOf } from '../capture/capture.ts';
import { providerNames } from '../shared/identity-provider.ts';
import { pathsOf } from '../shared/paths.ts';
import { describe } from './description.ts';
import { nextSteps, nextStepsText } from './next-steps.ts';
import type { DiagnosisInput, Part } from './part.ts';
import { providerOfDiagnosis } from './provider.ts';
import { redactedLog } from './redact-log.ts';
import { printedState, settingsState, understoodState } from './state.ts';
import { recordedVersions, type Versions, versionsOf } from './versions.ts';

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** In reading order. */
const parts: readonly Part[] = [
  {
    of: 'history',
    file: 'description.md',
    title: 'a description of the problem, with blanks for you',
    make: async (diagnosed) => ({ 'description.md': descriptionOf(diagnosed) }),
  },
  {
    of: 'history',
    file: 'next-steps.txt',
    title: 'the next steps, with the commands for an admin',
    make: async (diagnosed) => {
      const steps = nextSteps(providerNames(providerOfDiagnosis(diagnosed)));
      return { 'next-steps.txt': `${nextStepsText(steps)}\n` };
    },
  },
  {
    of: 'history',
    file: 'events.db',
    title: 'the history without names: events, issues, notifications',
    make: async ({ extract }) => ({ 'events.db': extract() }),
  },
  {
    of: 'history',
    file: 'timeline.html',
    title: 'the history as a page: timeline, issues, next steps',
    make: async ({ withExtract, now, silences }) => {
      const [{ historyOf }, { macReport }, { macReportHtml }] = await Promise.all([
        import('../history/history.ts'),
        import('../report/mac-report.ts'),
        import('../report/html.ts'),
      ]);
      const report = withExtract((reader) => macReport(historyOf(reader), { now, silences }));
      return { 'timeline.html': await macReportHtml(report) };
    },
  },
  {
    of: 'mac',
    file: 'state/',
    title: 'Platform SSO, password rules and SSO profile, without names, keys and tokens',
    make: async ({ material: { snapshot }, redactor }) => ({
      'state/observation.json': json(await understoodState(snapshot, redactor)),
      ...(await printedState(snapshot, redactor)),
    }),
  },
  {
    of: 'mac',
    file: 'settings.json',
    title: 'the settings of PSSO Monitor with their origin',
    make: async ({ material, freeText }) => ({
      'settings.json': json(settingsState(material.snapshot, freeText)),
    }),
  },
  {
    of: 'history',
    file: 'versions.json',
    title: "the versions of macOS, the identity provider's app and PSSO Monitor",
    make: async (diagnosed) => ({ 'versions.json': json(versionsIn(diagnosed)) }),
  },
  {
    of: 'mac',
    file: 'doctor.json',
    title: 'the checks of psso-monitor doctor',
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
    of: 'mac',
    file: 'agent.log',
    title: "the agent's log, without names",
    make: async ({ global, since, freeText }) => {
      const log = redactedLog(pathsOf(global).log, since, freeText);
      return log === null ? null : { 'agent.log': log };
    },
  },
  {
    of: 'mac',
    file: 'capture.ndjson',
    title: 'this Mac as a scenario, to make the problem a test',
    make: async ({ material, redactor }) => {
      const capture = await captureOf(material, { redactor });
      return { 'capture.ndjson': capture.text };
    },
  },
];

/** The parts of an archive. `ofCopy`: of a copy of a history only. */
export function partsFor(ofCopy: boolean): readonly Part[] {
  return ofCopy ? parts.filter((part) => part.of === 'history') : parts;
}

function versionsIn({ material, withExtract }: DiagnosisInput): Versions {
  return material === null
    ? withExtract((reader) => recordedVersions(reader))
    : versionsOf(material.snapshot);
}

/** The description alone, without an archive. */
export function descriptionOf(diagnosed: DiagnosisInput): string {
  const { material, now, since, silences, withExtract } = diagnosed;
  const provider = providerOfDiagnosis(diagnosed);
  const options = { now, since, silences, versions: versionsIn(diagnosed), provider };
  return material !== null && material.history === null
    ? describe(null, options)
    : withExtract((reader) => describe(reader, options));
}
