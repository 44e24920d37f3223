import { always, overridden, type Renderer } from '../../simulated/renderer.ts';

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
    // A scenario's text is what the search for certificates prints.
    if (override !== null && 'text' in override && search !== 'find-certificate') return nothing;
    return overridden(override, () => nothing);
  },
  // Only its change stamp is used.
  files: (mac) => [[`/Users/${mac.user}/Library/Keychains/login.keychain-db`, '\n']],
};
