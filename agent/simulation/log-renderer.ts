import type { MacState } from '../mac/simulated/model.ts';
import { always, printed, type Renderer } from '../mac/simulated/renderer.ts';

/** `log show --style ndjson`: a few lines of AppSSOAgent, slashes escaped as macOS escapes them. */
function renderLog(mac: MacState): string {
  const line = (message: string, at: number) =>
    JSON.stringify({
      timezoneName: '',
      messageType: 'Default',
      eventType: 'logEvent',
      source: null,
      subsystem: 'com.apple.AppSSO',
      category: 'PODiagnostics',
      processImagePath: '/System/Library/PrivateFrameworks/AppSSO.framework/Support/AppSSOAgent',
      timestamp: `${new Date(at).toISOString().slice(0, 23).replace('T', ' ')}000+0000`,
      eventMessage: message,
      processID: 1095,
    }).replaceAll('/', '\\/');
  const at = mac.psso?.receivedAt ?? mac.bootedAt;
  return `${line('Login Result = POLoginResultSuccess (1)', at)}\n${line('user state = 0 on <private>', at)}\n{"count":2,"finished":1}\n`;
}

export const log: Renderer = { command: 'log', answer: (mac) => always(printed(renderLog(mac))) };
