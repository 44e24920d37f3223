import type { MacState } from '../../simulated/model.ts';
import { always, printed, type Renderer } from '../../simulated/renderer.ts';

/** `profiles status -type enrollment`. */
function renderProfiles(mac: MacState): string {
  return mac.enrolled
    ? 'Enrolled via DEP: Yes\nMDM enrollment: Yes (User Approved)\nMDM server: https://mdm.contoso.example/mdm\n'
    : 'Enrolled via DEP: No\nMDM enrollment: No\n';
}

export const renderer: Renderer = {
  command: 'profiles',
  answer: (mac) => always(printed(renderProfiles(mac))),
};
