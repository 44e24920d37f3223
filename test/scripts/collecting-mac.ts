import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { build } from 'plist';
import type { ScratchMac, Shell } from '../pkg-build/scratch-mac.ts';
import { alex, macWithCommand, sam, tool } from './pulled-mac.ts';
import type { UploadServer } from './upload-server.ts';

export const collector = 'collect/collect.sh';
/** What the collector keeps on a Mac. */
export const kept = '/private/var/db/io.github.psso-monitor';

/** A Mac whose managed setting is `place`, and whose curl trusts the server. */
export function collectingMac(
  place: string | null,
  server: UploadServer | null,
  given: { shell?: Shell; recordsAll?: boolean } = {},
): ScratchMac {
  const mac = macWithCommand({ sessions: [alex, sam], ...given });
  mkdirSync(mac.path('/Volumes'), { recursive: true });
  choose(mac, place);
  if (server !== null) trust(mac, server);
  return mac;
}

export function choose(mac: ScratchMac, place: string | null): void {
  mac.write(
    '/Library/Managed Preferences/io.github.psso-monitor.plist',
    build(place === null ? {} : { CollectURL: place }),
  );
}

/** Writes the credentials of the admin: the authority of the server, and more lines. */
export function trust(mac: ScratchMac, server: UploadServer, ...lines: string[]): void {
  mac.write(`${kept}/curl.conf`, [`cacert = "${server.authority}"`, ...lines, ''].join('\n'), 0o600);
}

/** Replaces the product by a command that exports these files of the Mac, by the name of the user. */
export function exportsOnly(mac: ScratchMac, contents: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [user, content] of Object.entries(contents))
    mac.write(`/.scratch/exports/${user}.db`, Buffer.from(content).toString('latin1'));
  mac.write(
    tool,
    `#!/bin/sh
PATH='${process.env.PATH ?? ''}'
for out; do :; done
mkdir "$out" && cp '${mac.root}/.scratch/exports/'* "$out"
`,
    0o755,
  );
}

/** What lies in a folder of histories, by path, without gzip. */
export function received(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const bytes = readFileSync(path);
        const content = path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
        return [path.slice(folder.length + 1), content.toString('latin1')];
      }),
  );
}

/** The names of what the collector left on the Mac. */
export const left = (mac: ScratchMac) => readdirSync(mac.path(kept)).sort();
