import { basename } from 'node:path';

/** A disk sector: a write can be torn between two of them. */
const sector = 512;

/** A writing system call on a file of one folder, by the file's name. */
export type Operation =
  | { readonly kind: 'open'; readonly name: string; readonly truncates: boolean }
  | { readonly kind: 'write'; readonly name: string; readonly data: Buffer; readonly offset: number | null }
  | { readonly kind: 'truncate'; readonly name: string; readonly length: number }
  | { readonly kind: 'flush'; readonly name: string | null }
  | { readonly kind: 'rename' | 'link'; readonly name: string; readonly to: string }
  | { readonly kind: 'unlink'; readonly name: string };

type DataOperation = Extract<Operation, { kind: 'write' | 'truncate' }> | { readonly kind: 'empty' };

interface File {
  flushed: Buffer;
  /** Not flushed yet. */
  pending: DataOperation[];
  length: number;
}

/**
 * One folder on a disk with a journal: names change in their order, and a flush makes all earlier changes of
 * names last. The data of a file last from its flush; before it any part of them can be lost.
 */
export class DiskModel {
  /** Names as the running system sees them, and as they are on the disk. */
  readonly #names = new Map<string, File>();
  readonly #namesOnDisk = new Map<string, File>();
  #pendingNames: ((names: Map<string, File>) => void)[] = [];

  apply(operation: Operation): void {
    switch (operation.kind) {
      case 'open': {
        const file = this.#names.get(operation.name) ?? this.#create(operation.name);
        if (operation.truncates) this.#change(file, { kind: 'empty' });
        return;
      }
      case 'write':
      case 'truncate':
        this.#change(this.#names.get(operation.name) ?? this.#create(operation.name), operation);
        return;
      case 'flush': {
        const file = operation.name === null ? undefined : this.#names.get(operation.name);
        if (file !== undefined) {
          file.flushed = contentOf(file.flushed, file.pending);
          file.pending = [];
        }
        for (const change of this.#pendingNames) change(this.#namesOnDisk);
        this.#pendingNames = [];
        return;
      }
      case 'rename':
      case 'link': {
        const { name, to, kind } = operation;
        this.#changeNames((names) => {
          const file = names.get(name);
          if (file === undefined) return;
          names.set(to, file);
          if (kind === 'rename') names.delete(name);
        });
        return;
      }
      case 'unlink':
        this.#changeNames((names) => names.delete(operation.name));
    }
  }

  /** The files that the next start finds. */
  afterPowerLoss(random: (below: number) => number): Map<string, Buffer> {
    const names = new Map(this.#namesOnDisk);
    for (const change of this.#pendingNames.slice(0, random(this.#pendingNames.length + 1))) change(names);
    return new Map(
      [...names].map(([name, { flushed, pending }]) => [
        name,
        contentOf(flushed, survivors(pending, random)),
      ]),
    );
  }

  #create(name: string): File {
    const file: File = { flushed: Buffer.alloc(0), pending: [], length: 0 };
    this.#changeNames((names) => names.set(name, file));
    return file;
  }

  #changeNames(change: (names: Map<string, File>) => void): void {
    change(this.#names);
    this.#pendingNames.push(change);
  }

  #change(file: File, operation: DataOperation): void {
    if (operation.kind !== 'write') {
      file.length = operation.kind === 'empty' ? 0 : operation.length;
      file.pending.push(operation);
      return;
    }
    const offset = operation.offset ?? file.length;
    file.length = Math.max(file.length, offset + operation.data.length);
    file.pending.push({ ...operation, offset });
  }
}

/** What reached the disk: all, nothing, the first ones with a torn last one, or any of them. */
function survivors(pending: readonly DataOperation[], random: (below: number) => number): DataOperation[] {
  const mode = random(4);
  if (mode === 0) return [...pending];
  if (mode === 1) return [];
  const first =
    mode === 2 ? pending.slice(0, random(pending.length + 1)) : pending.filter(() => random(2) === 0);
  const last = first.at(-1);
  if (last?.kind !== 'write' || last.data.length <= sector) return first;
  const kept = sector * random(Math.ceil(last.data.length / sector));
  return [...first.slice(0, -1), { ...last, data: last.data.subarray(0, kept) }];
}

function contentOf(flushed: Buffer, pending: readonly DataOperation[]): Buffer {
  let content = flushed;
  for (const operation of pending) {
    if (operation.kind === 'empty') content = Buffer.alloc(0);
    else if (operation.kind === 'truncate') content = resized(content, operation.length);
    else {
      const offset = operation.offset ?? content.length;
      content = Buffer.from(resized(content, Math.max(content.length, offset + operation.data.length)));
      operation.data.copy(content, offset);
    }
  }
  return content;
}

function resized(content: Buffer, length: number): Buffer {
  return length <= content.length
    ? content.subarray(0, length)
    : Buffer.concat([content, Buffer.alloc(length - content.length)]);
}

/** The operations on the files of one folder in the output of `strace -f -y -xx`. */
export function operationsOf(trace: string, folder: string): Operation[] {
  return trace.split('\n').flatMap((line) => operationOf(line, folder) ?? []);
}

const call = /^\d+ +(\w+)\((.*)$/;

function operationOf(line: string, folder: string): Operation | null {
  const [, name, args = ''] = call.exec(line) ?? [];
  const texts = [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) =>
    Buffer.from(hex.replaceAll('\\x', ''), 'hex'),
  );
  const inFolder = (path: string | undefined) =>
    path?.startsWith(`${folder}/`) === true ? basename(path) : null;
  // With -xx the path of a descriptor is in hexadecimal too.
  const described = /^\d+<([^>]*)>/.exec(args)?.[1] ?? '';
  const path = Buffer.from(described.replaceAll('\\x', ''), 'hex').toString();
  const file = inFolder(path);
  const [first, second] = texts.map((text) => inFolder(text.toString()));
  switch (name) {
    case 'openat':
      return first != null && /O_CREAT|O_TRUNC/.test(args)
        ? { kind: 'open', name: first, truncates: args.includes('O_TRUNC') }
        : null;
    case 'write':
      return file === null
        ? null
        : { kind: 'write', name: file, data: texts[0] ?? Buffer.alloc(0), offset: null };
    case 'pwrite64': {
      const offset = /"(?:\.\.\.)?, \d+, (\d+)/.exec(args)?.[1];
      return file === null || offset === undefined
        ? null
        : { kind: 'write', name: file, data: texts[0] ?? Buffer.alloc(0), offset: Number(offset) };
    }
    case 'ftruncate': {
      const length = /^\d+<[^>]*>, (\d+)/.exec(args)?.[1];
      return file === null || length === undefined
        ? null
        : { kind: 'truncate', name: file, length: Number(length) };
    }
    case 'fsync':
    case 'fdatasync':
      return file !== null || path === folder ? { kind: 'flush', name: file } : null;
    case 'rename':
    case 'link':
      return first != null && second != null ? { kind: name, name: first, to: second } : null;
    case 'unlink':
    case 'unlinkat':
      return first == null ? null : { kind: 'unlink', name: first };
    default:
      return null;
  }
}
