import type { Reading } from '../../../shared/reading.ts';
import { readAppVersion } from '../../read/app-version.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { hourly } from '../../reread-rule.ts';
import type { Source } from '../../source.ts';

export const companyPortalFile = '/Applications/Company Portal.app/Contents/Info.plist';

/** The version of Company Portal; null: it is not installed. */
export function readCompanyPortal({ files }: ReaderDependencies): Promise<Reading<string | null>> {
  return readAppVersion(files, { app: 'Company Portal', infoPlist: companyPortalFile });
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
