import { createHash } from 'node:crypto';
import { architectures } from './architecture.ts';
import { slices } from './formats/fat.ts';
import { verifyCodeSignature } from './formats/macho-signature.ts';
import { payloadFiles } from './payload-files.ts';

/** A program of a package for one processor, as an allow-list names it. An empty text: it has none. */
export interface ProgramHashes {
  readonly path: string;
  readonly architecture: string;
  /** Of the whole file, which is what an allow-list compares; a universal file has one for both. */
  readonly sha256: string;
  readonly identifier: string;
  readonly teamId: string;
  readonly cdHash: string;
}

/** Each Mach-O file of a package, with a verified signature. Throws as `payloadFiles` does. */
export async function packageHashes(bytes: Uint8Array): Promise<ProgramHashes[]> {
  const found: ProgramHashes[] = [];
  for (const { path, content } of payloadFiles(bytes))
    if (isMachO(content)) found.push(...(await hashesOf(path, content)));
  return found;
}

const magics = [0xcffaedfe, 0xcafebabe];

function isMachO(content: Uint8Array): boolean {
  if (content.byteLength < 8) return false;
  return magics.includes(new DataView(content.buffer, content.byteOffset, 8).getUint32(0));
}

async function hashesOf(path: string, content: Uint8Array): Promise<ProgramHashes[]> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const found: ProgramHashes[] = [];
  for (const { cpuType, content: program } of slices(content)) {
    const signature = await verifyCodeSignature(program);
    found.push({
      path: path.replace(/^\./, ''),
      architecture:
        Object.entries(architectures).find(([, one]) => one.cpuType === cpuType)?.[0] ?? `${cpuType}`,
      sha256,
      identifier: signature.kind === 'unsigned' ? '' : signature.identifier,
      teamId: signature.kind === 'developerId' ? signature.teamId : '',
      cdHash: signature.kind === 'developerId' ? signature.cdHash : '',
    });
  }
  return found;
}
