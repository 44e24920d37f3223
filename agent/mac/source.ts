import type { Readings, SourceName } from '../shared/observation.ts';
import type { ReaderDependencies } from './read/dependencies.ts';
import type { RereadRule } from './reread-rule.ts';

/**
 * One thing that the agent reads on the Mac. Its folder is agent/mac/sources/NAME; sources.ts lists them all.
 */
export interface Source<K extends SourceName = SourceName> {
  readonly name: K;
  /** Names it in sentences of `doctor`, with the command: `the network (scutil)`. */
  readonly label: string;
  /** Never prompts the user. A rejection is a defect. */
  readonly read: (dependencies: ReaderDependencies) => Promise<Readings[K]>;
  readonly reread: RereadRule;
  /** Reading it under a locked screen would raise a dialog: it is then the failure `off` with this detail. */
  readonly offWhileLocked?: string;
  /**
   * In the scenario of a capture, a failure of it can't be expressed. The remark about it begins with this
   * name.
   */
  readonly nameInRemarks?: string;
}
