import { always, overridden, type Renderer } from '../../simulated/renderer.ts';
import { parseThumbprint } from './parse-leftovers.ts';

const notFound =
  'security: SecKeychainSearchCopyNext: The specified item could not be found in the keychain.\n';

/** `security` without leftovers of Workplace Join. */
function renderSecurity(command: string): { status: number; stdout: string; stderr: string } {
  return command === 'find-generic-password'
    ? { status: 44, stdout: '', stderr: notFound }
    : { status: 0, stdout: '', stderr: '' };
}

export const renderer: Renderer = {
  command: 'security',
  answer({ workplaceJoin: override }, [search = '']) {
    const nothing = always({ kind: 'exited', ...renderSecurity(search) });
    // A scenario's text has the items of both searches. Items of another kind do not disturb that for
    // certificates.
    const isMissing =
      override !== null &&
      'text' in override &&
      search === 'find-generic-password' &&
      parseThumbprint(override.text) === null;
    return isMissing ? nothing : overridden(override, () => nothing);
  },
  // Only its change stamp is used.
  files: (mac) => [[`/Users/${mac.user}/Library/Keychains/login.keychain-db`, '\n']],
};
