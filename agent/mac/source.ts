import type { Method, Readings, SourceName } from '../shared/observation.ts';
import type { ReaderDependencies } from './read/dependencies.ts';
import type { Redaction } from './redaction.ts';
import type { RereadRule } from './reread-rule.ts';
import type { Renderer } from './simulated/renderer.ts';

/** How the agent reads one thing on the Mac. */
export interface ReadableSource<K extends SourceName = SourceName> {
  readonly name: K;
  /** Never prompts the user. A rejection is a defect. */
  readonly read: (dependencies: ReaderDependencies) => Promise<Readings[K]>;
  readonly reread: RereadRule;
  /** Reading it under a locked screen would raise a dialog: it is then the failure `off` with this detail. */
  readonly offWhileLocked?: string;
  /** With another method, or while the method is unknown, it is the failure `off` with this detail. */
  readonly onlyWith?: { readonly methods: readonly Method[]; readonly detail: string };
}

/**
 * One thing that the agent reads on the Mac, with everything that depends on it. Its folder is
 * agent/mac/sources/NAME; sources.ts lists them all. The agent never loads the redaction and the renderer.
 */
export interface Source<K extends SourceName = SourceName> extends ReadableSource<K> {
  /** Names it in sentences of `doctor`, with the command: `the network (scutil)`. */
  readonly label: string;
  /**
   * In the scenario of a capture, a failure of it can't be expressed. The remark about it begins with this
   * name.
   */
  readonly nameInRemarks?: string;
  /** What may leave the Mac of it. */
  readonly redaction: () => Promise<Redaction<K>>;
  /** What the simulated Mac prints and holds of it. */
  readonly renderer: () => Promise<Renderer>;
}
