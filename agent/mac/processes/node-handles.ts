/**
 * What Node's own `child_process` is made of, as Node 26.10.0 has it (lib/internal/child_process.js, src/process_wrap.cc,
 * src/stream_base.cc). Not documented, and another in other versions: a call with other arguments ends the process. Only `handlesOf` hands them out.
 */

/** An error of libuv: 0, or a negative errno. */
type Result = number;

interface Handle {
  close(): void;
}

export interface ProcessHandle extends Handle {
  onexit: (status: number, signal: string | null) => void;
  spawn(
    file: string,
    args: readonly string[],
    folder: string,
    environment: readonly string[],
    stdio: readonly ({ type: 'ignore' } | { type: 'pipe'; handle: PipeHandle })[],
    flags: number,
  ): Result;
  kill(signal: number): Result;
}

export interface PipeHandle extends Handle {
  /** Where in the chunk something was read, or that nothing more comes, is said by `lastRead`. */
  onread: (chunk: ArrayBuffer | undefined) => void;
  readStart(): Result;
}

export interface NodeHandles {
  readonly Process: new () => ProcessHandle;
  readonly Pipe: new (type: number) => PipeHandle;
  readonly socketPipe: number;
  /** Of the `onread` that is being called: how many bytes, from which on; or a negative error, of which the end is one. */
  lastRead(): { readonly bytesOrError: number; readonly offset: number };
}

declare global {
  namespace NodeJS {
    interface Process {
      binding(name: 'process_wrap'): { readonly Process: NodeHandles['Process'] };
      binding(name: 'pipe_wrap'): {
        readonly Pipe: NodeHandles['Pipe'];
        readonly constants: { readonly SOCKET: number };
      };
      binding(name: 'stream_wrap'): {
        readonly streamBaseState: ArrayLike<number>;
        readonly kReadBytesOrError: number;
        readonly kArrayBufferOffset: number;
      };
    }
  }
}

/** The one version of Node that these are known of: the one that the package ships. A test holds it to package.json. */
export const knownNode = 'v26.10.0';

/** Null with any other Node. */
export function handlesOf(nodeVersion: string = process.version): NodeHandles | null {
  if (nodeVersion !== knownNode) return null;
  const { Process } = process.binding('process_wrap');
  const { Pipe, constants } = process.binding('pipe_wrap');
  const { streamBaseState, kReadBytesOrError, kArrayBufferOffset } = process.binding('stream_wrap');
  return {
    Process,
    Pipe,
    socketPipe: constants.SOCKET,
    lastRead: () => ({
      bytesOrError: streamBaseState[kReadBytesOrError] ?? 0,
      offset: streamBaseState[kArrayBufferOffset] ?? 0,
    }),
  };
}
