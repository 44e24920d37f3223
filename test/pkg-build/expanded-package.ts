import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { realTool } from './real-tool.ts';
import type { ScratchMac } from './scratch-mac.ts';

/**
 * What `pkgutil --expand-full` leaves of a package with this payload, and the text that lsbom prints of its
 * bill. On a scratch Mac a package is a text file that names this folder.
 */
export function expandedPackage(mac: ScratchMac, payload: string) {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-expanded-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const component = join(folder, 'agent.pkg');
  mkdirSync(component);
  const sh = (script: string) => execFileSync(realTool('sh'), ['-c', script], { encoding: 'utf8' });
  // In a script's copy the folder's path begins with the scratch root, here as well.
  sh(
    `mkdir -p '${component}/Payload${mac.root}' && cp -R '${payload}/Library' '${component}/Payload${mac.root}'`,
  );
  const bill = sh(`cd '${component}/Payload' && find . | while IFS= read -r path; do
    if [ -d "$path" ]; then printf '%s\\t40755\\t0/0\\n' "$path"
    else printf '%s\\t100%s\\t0/0\\t%s\\n' "$path" "$(if [ -x "$path" ]; then echo 755; else echo 644; fi)" "$(cksum < "$path" | while read -r sum size; do printf '%s\\t%s' "$size" "$sum"; done)"
    fi
  done`);
  writeFileSync(join(component, 'Bom'), bill);
  cpSync(join(import.meta.dirname, '../../pkg-build/installer'), join(component, 'Scripts'), {
    recursive: true,
  });
  return { folder, component, bill };
}
