import type { PackageArchitecture } from './architecture.ts';
import { bom } from './formats/bom.ts';
import { cpioOdc } from './formats/cpio.ts';
import { gzip } from './formats/gzip.ts';
import { pbzx } from './formats/pbzx.ts';
import { type Entry, sortedTree } from './formats/tree.ts';
import { xar } from './formats/xar.ts';
import { distribution, packageInfo } from './installer-documents.ts';

/** How the payload is compressed. pbzx is a third smaller than gzip, and no Mac has installed it yet. */
export const payloadForms = ['gzip', 'pbzx'] as const;
/** `stored` is gzip without compression, for a package that a test unpacks at once. */
export type PayloadForm = (typeof payloadForms)[number] | 'stored';

export interface FlatPackage {
  readonly bytes: Uint8Array;
  readonly payloadBytes: number;
}

/** A distribution package with one component, `agent.pkg`. Equal input gives equal bytes. */
export function flatPackage(input: {
  readonly payload: readonly Entry[];
  readonly scripts: readonly Entry[];
  readonly version: string;
  readonly architecture: PackageArchitecture;
  readonly payloadForm: PayloadForm;
  /** Seconds, UTC. */
  readonly builtAt: number;
  readonly ownBundle?: boolean;
}): FlatPackage {
  const payload = sortedTree(input.payload);
  const scripts = sortedTree(input.scripts);
  const bytes = payload.reduce(
    (sum, entry) => sum + (entry.kind === 'file' ? entry.content.byteLength : 0),
    0,
  );
  const described = {
    version: input.version,
    architecture: input.architecture,
    files: payload.length,
    kilobytes: Math.ceil(bytes / 1024),
    ownBundle: input.ownBundle ?? false,
  };
  const packed = packedPayload(cpioOdc(payload), input.payloadForm);
  const members = [
    { path: 'Distribution', content: Buffer.from(distribution(described)) },
    { path: 'agent.pkg/PackageInfo', content: Buffer.from(packageInfo(described)) },
    { path: 'agent.pkg/Bom', content: bom(payload) },
    { path: 'agent.pkg/Payload', content: packed },
    { path: 'agent.pkg/Scripts', content: gzip(cpioOdc(scripts)) },
  ];
  return { bytes: xar(members, { createdAt: input.builtAt }), payloadBytes: packed.byteLength };
}

function packedPayload(archive: Iterable<Uint8Array>, form: PayloadForm): Uint8Array {
  if (form === 'pbzx') return pbzx(archive);
  return gzip(archive, form === 'stored' ? { level: 0 } : {});
}
