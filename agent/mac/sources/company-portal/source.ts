import { failed, type Reading, read } from '../../../shared/reading.ts';
import { parsePlist } from '../../parse/plist.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { parsedReading } from '../../read/outcome.ts';
import { hourly } from '../../reread-rule.ts';
import type { Source } from '../../source.ts';
import { parseBundleVersion } from './parse-bundle-version.ts';

export const companyPortalFile = '/Applications/Company Portal.app/Contents/Info.plist';

/** The version of Company Portal; null: it is not installed. */
export async function readCompanyPortal({ files }: ReaderDependencies): Promise<Reading<string | null>> {
  const file = await files.read(companyPortalFile);
  if (!file.ok) return file.reason === 'missing' ? read(null) : file;
  try {
    return parsedReading('the version of Company Portal', parseBundleVersion(await parsePlist(file.value)));
  } catch {
    return failed('malformed', "Company Portal's Info.plist can't be understood");
  }
}

export const companyPortal: Source<'companyPortal'> = {
  name: 'companyPortal',
  label: "Company Portal's version",
  read: readCompanyPortal,
  reread: { kind: 'whenChanged', path: companyPortalFile, atLatest: hourly },
  nameInRemarks: 'Company Portal',
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
