import type { Extensions } from '../../../shared/observation.ts';
import { type Reading, read } from '../../../shared/reading.ts';
import type { ReaderDependencies } from '../../read/dependencies.ts';
import { outputOf } from '../../read/outcome.ts';
import type { Source } from '../../source.ts';
import { companyPortalFile } from '../company-portal/source.ts';
import { extensionIn } from './parse-extensions.ts';

const companyPortalExtensions = {
  sso: 'com.microsoft.CompanyPortalMac.ssoextension',
  autoFill: 'com.microsoft.CompanyPortalMac.Mac-Autofill-Extension',
};

/** Whether macOS knows and uses the extensions of Company Portal. pluginkit lists every extension at once. */
async function readExtensions({ runner }: ReaderDependencies): Promise<Reading<Extensions>> {
  const output = outputOf('pluginkit', await runner.run('pluginkit', ['-m']));
  if (!output.ok) return output;
  const { sso, autoFill } = companyPortalExtensions;
  return read({ sso: extensionIn(output.value, sso), autoFill: extensionIn(output.value, autoFill) });
}

export const extensions: Source<'extensions'> = {
  name: 'extensions',
  label: 'the list of extensions (pluginkit)',
  read: readExtensions,
  reread: { kind: 'rarely', paths: [companyPortalFile] },
  nameInRemarks: 'the list of extensions',
  redaction: async () => (await import('./redacted.ts')).redaction,
  renderer: async () => (await import('./simulated.ts')).renderer,
};
