import { build } from 'plist';
import type { Renderer } from '../../simulated/renderer.ts';
import { chromeDataOf, chromeFile, chromeHostOfCompanyPortal, chromeHostsOf } from './chrome-files.ts';

const host = `${JSON.stringify({ name: 'com.microsoft.browsercore', type: 'stdio' })}\n`;

export const renderer: Renderer = {
  files({ user, chrome, companyPortal }) {
    const home = `/Users/${user}`;
    const app = chrome === null ? null : `${build({ CFBundleShortVersionString: chrome.version })}\n`;
    const [ofUser = ''] = chromeHostsOf(home);
    return [
      [chromeFile, app],
      [`${chromeDataOf(home)}/Local State`, chrome === null ? null : '{}\n'],
      [chromeHostOfCompanyPortal, companyPortal === null ? null : host],
      [ofUser, chrome?.host === true ? host : null],
    ];
  },
};
