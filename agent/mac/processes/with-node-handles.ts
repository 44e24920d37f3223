import { constants } from 'node:os';
import type { NodeHandles, PipeHandle, ProcessHandle } from './node-handles.ts';
import type { Attendant, StartedProcess, StartProcess, StreamName, ToStart } from './start.ts';

const notThere: ReadonlySet<number> = new Set([-constants.errno.ENOENT, -constants.errno.ENOTDIR]);

/**
 * As `node:child_process` does it, without its streams, sockets and emitters: those are 2.5 MB that every Mac would hold, and a third of what starting
 * a process costs in JavaScript (docs/decisions/0015-quiet-looks.md).
 */
export function startWithNodeHandles(handles: NodeHandles): StartProcess {
  return (what, attendant) => {
    // Behind this, a text ends at its first NUL.
    const { program, args, folder, environment } = what;
    const texts = [program, folder, ...args, ...Object.entries(environment).flat()];
    if (texts.some((text) => text.includes('\0'))) {
      attendant.notStarted('denied');
      return { kill() {}, release() {} };
    }
    const attended = new Attended(handles, attendant);
    attended.start(what);
    return attended;
  };
}

function nothing(): void {}
const nobody: Attendant = { notStarted: nothing, output: nothing, exited: nothing, closed: nothing };

/**
 * Invariant: a handle that is closed leads to nothing any more. As measured, what its callbacks lead to outlives V8's quick collections, and would
 * stay for hours.
 */
class Attended implements StartedProcess {
  readonly #handles: NodeHandles;
  #attendant: Attendant;
  readonly #process: ProcessHandle;
  readonly #pipes = new Map<StreamName, PipeHandle>();
  #ended = false;

  constructor(handles: NodeHandles, attendant: Attendant) {
    this.#handles = handles;
    this.#attendant = attendant;
    this.#process = new handles.Process();
    for (const name of ['stdout', 'stderr'] as const)
      this.#pipes.set(name, new handles.Pipe(handles.socketPipe));
  }

  start({ program, args, folder, environment }: ToStart): void {
    this.#process.onexit = (status, signal) => {
      this.#endProcess();
      // libuv tells an error of starting in either way.
      if (status < 0) this.#notStarted(status);
      else this.#attendant.exited(signal ? null : status, signal || null);
      this.#closedIfAllIs();
    };
    const failure = this.#process.spawn(
      program,
      [program, ...args],
      folder,
      Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      [{ type: 'ignore' }, ...[...this.#pipes.values()].map((handle) => ({ type: 'pipe', handle }) as const)],
      0,
    );
    if (failure !== 0) {
      this.#endProcess();
      this.#notStarted(failure);
      return;
    }
    for (const [name, pipe] of this.#pipes) {
      pipe.onread = (chunk) => this.#read(name, chunk);
      if (pipe.readStart() !== 0) this.#end(name);
    }
  }

  #read(name: StreamName, chunk: ArrayBuffer | undefined): void {
    const { bytesOrError, offset } = this.#handles.lastRead();
    if (bytesOrError > 0 && chunk !== undefined)
      this.#attendant.output(name, new Uint8Array(chunk, offset, bytesOrError));
    // A stream that breaks leaves what came before; the exit status tells the rest.
    else if (bytesOrError < 0) this.#end(name);
  }

  #endProcess(): void {
    this.#ended = true;
    this.#process.onexit = nothing;
    this.#process.close();
  }

  #end(name: StreamName): void {
    const pipe = this.#pipes.get(name);
    if (pipe === undefined) return;
    this.#pipes.delete(name);
    letGoOf(pipe);
    this.#closedIfAllIs();
  }

  #closedIfAllIs(): void {
    if (!this.#ended || this.#pipes.size > 0) return;
    const attendant = this.#attendant;
    this.#attendant = nobody;
    attendant.closed();
  }

  #notStarted(failure: number): void {
    this.release();
    const attendant = this.#attendant;
    this.#attendant = nobody;
    attendant.notStarted(notThere.has(failure) ? 'missing' : 'denied');
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (!this.#ended) this.#process.kill(constants.signals[signal]);
  }

  release(): void {
    for (const pipe of this.#pipes.values()) letGoOf(pipe);
    this.#pipes.clear();
  }
}

function letGoOf(pipe: PipeHandle): void {
  pipe.onread = nothing;
  pipe.close();
}
