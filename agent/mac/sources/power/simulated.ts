import { ctime } from '../../simulated/instants.ts';
import type { MacState } from '../../simulated/model.ts';
import { always, printed, type Renderer } from '../../simulated/renderer.ts';

/** The lines that the source requests. A Mac that has not slept yet prints zero. */
function renderSysctl(mac: MacState): string {
  const line = (name: string, at: number | null) => {
    const sec = at === null ? 0 : Math.floor(at / 1000);
    const usec = at === null ? 0 : (at % 1000) * 1000;
    return `kern.${name}: { sec = ${sec}, usec = ${usec} } ${ctime(sec * 1000)}\n`;
  };
  const times =
    line('boottime', mac.bootedAt) + line('sleeptime', mac.sleptAt) + line('waketime', mac.wokeAt);
  const boot = String(mac.boots).padStart(12, '0');
  return `${times}hw.model: ${mac.model}\nkern.bootsessionuuid: 00000000-0000-4000-8000-${boot}\n`;
}

export const renderer: Renderer = { command: 'sysctl', answer: (mac) => always(printed(renderSysctl(mac))) };
