import type { MacState } from '../../simulated/model.ts';
import { always, printed, type Renderer } from '../../simulated/renderer.ts';
import { companyPortalExtensions } from '../company-portal/company-portal-extensions.ts';

const signs = { used: '+', ignored: '-', known: ' ' } as const;

/** `pluginkit -m`. */
function renderPluginkit({ companyPortal, ssoExtension, autoFill }: MacState): string {
  const line = (identifier: string, is: MacState['autoFill']) =>
    companyPortal === null || is === 'absent' ? '' : `${signs[is]}    ${identifier}(${companyPortal})\n`;
  return [
    '     com.apple.AppSSO.KerberosExtension(1.0)\n',
    line(companyPortalExtensions.sso, ssoExtension),
    line(companyPortalExtensions.autoFill, autoFill),
    '     com.apple.share.Mail.compose(1.0)\n',
  ].join('');
}

export const renderer: Renderer = {
  command: 'pluginkit',
  answer: (mac) => always(printed(renderPluginkit(mac))),
};
