import { type Reading, read } from '../../../shared/reading.ts';
import { readAppVersion } from '../../read/app-version.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { isMissing } from '../../read/is-missing.ts';
import type { Source } from '../../source.ts';
import { chromeDataOf, chromeFile, chromeHostOfCompanyPortal, chromeHostsOf } from './chrome-files.ts';

/** Chrome 135 and later reach Company Portal by a policy of their own, without the file. */
const firstWithoutFile = 135;

/**
 * Whether Chrome has the file by which it reaches Company Portal; null: Chrome is not in use or needs no
 * file, or this Company Portal has none. Of Chrome's data only that its folder exists is read.
 */
async function readChromeHost({ files, who }: ReaderDependencies): Promise<Reading<boolean | null>> {
  const version = await readAppVersion(files, { app: 'Chrome', infoPlist: chromeFile });
  if (!version.ok) return version;
  if (version.value === null || Number.parseInt(version.value, 10) >= firstWithoutFile) return read(null);
  const isUsed = (await files.stamp(chromeDataOf(who.home))) !== null;
  if (!isUsed || (await isMissing(files, chromeHostOfCompanyPortal))) return read(null);
  for (const path of chromeHostsOf(who.home)) if (!(await isMissing(files, path))) return read(true);
  return read(false);
}

export const chromeHost: Source<'chromeHost'> = {
  name: 'chromeHost',
  label: "Chrome's file of Company Portal",
  read: readChromeHost,
  reread: { kind: 'rarely', paths: [chromeFile, chromeHostOfCompanyPortal] },
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
