import type { ReaderDependencies } from '../mac/read/dependencies.ts';
import { loginKeychainOf, macosItself } from '../mac/reread-rule.ts';
import type { ReadableSource } from '../mac/source.ts';
import { sources } from '../mac/sources.ts';
import type { Clock } from '../shared/clock.ts';
import type { Readings, Session, SourceName } from '../shared/observation.ts';
import { type Failed, failed, type Reading } from '../shared/reading.ts';
import { keychainPolling } from './keychain-polling.ts';
import type { rereadOnTrouble } from './reread-on-trouble.ts';
import { rereadRarely } from './reread-rarely.ts';
import { rereadWhenChanged } from './reread-when-changed.ts';
import { type Stamps, stampOf } from './stamps-of-poll.ts';
import { validated } from './validated.ts';

export interface ObserveDependencies extends ReaderDependencies {
  readonly clock: Clock;
}

const notAsked = failed('off', 'read with NetworkProbeEnabled, during an issue');

type Pending = { readonly [K in SourceName]: Promise<Readings[K]> };

/** What the sources of one poll share. */
interface PollContext {
  /** The last readings that the poll plan keeps. */
  readonly keep: Partial<Readings>;
  readonly full: boolean;
  /** The sources of issues that were found or are open. */
  readonly asked: readonly SourceName[];
  readonly stamps: Stamps;
  /** Read before all others, because others depend on them. */
  readonly first: Pick<Pending, 'appSso' | 'session' | 'network'>;
}

/** A failure is a reading of any source; the union with it keeps the types of many sources small. */
type Read<K extends SourceName> = (context: PollContext) => Promise<Readings[K] | Failed>;

/** Starts to read one source. The result waits for the reading and stores it. Neither rejects. */
export type SourceStep = (context: PollContext) => (into: Stored) => Promise<void>;
export type Stored = { -readonly [K in SourceName]?: Readings[K] };

/** For a single poll: every source is read, except one that leaves the Mac. */
export function plainSteps(dependencies: ObserveDependencies): readonly SourceStep[] {
  return Object.values(sources).map((source) => stepOf(source, plainRead(source, dependencies)));
}

/** For the agent, poll after poll: a source is read when its reread rule says so. */
export function sparingSteps(dependencies: ObserveDependencies): readonly SourceStep[] {
  const special: { readonly [K in SourceName]?: Read<K> } = { workplaceJoin: polledKeychain(dependencies) };
  return Object.values(sources).map((source) =>
    stepOf(source, special[source.name] ?? sparingRead(source, dependencies)),
  );
}

function stepOf<K extends SourceName>(source: ReadableSource<K>, read: Read<K>): SourceStep {
  return (context) => {
    const first: Partial<Pending> = context.first;
    const reading = first[source.name] ?? whereItMatters(source, context, read);
    return async (into) => {
      Object.assign(into, { [source.name]: await reading });
    };
  };
}

async function whereItMatters<K extends SourceName>(
  { offWhileLocked, onlyWith }: ReadableSource<K>,
  context: PollContext,
  read: Read<K>,
): Promise<Readings[K] | Failed> {
  if (onlyWith !== undefined) {
    const appSso = await context.first.appSso;
    const method = appSso.ok ? appSso.value.method : 'unknown';
    if (!onlyWith.methods.includes(method)) return failed('off', onlyWith.detail);
  }
  if (offWhileLocked !== undefined && !isInUse(await context.first.session))
    return failed('off', offWhileLocked);
  return await read(context);
}

/** Whether the screen is unlocked and the session user is at the console. */
function isInUse(session: Reading<Session>): boolean {
  return session.ok && session.value.screen === 'unlocked' && session.value.console === 'active';
}

function plainRead<K extends SourceName>(
  source: ReadableSource<K>,
  dependencies: ReaderDependencies,
): Read<K> {
  // A single poll has no issue that asks.
  if (source.reread.kind === 'onTrouble') return async () => notAsked;
  return () => validated(source.name, () => source.read(dependencies));
}

function sparingRead<K extends SourceName>(
  source: ReadableSource<K>,
  dependencies: ObserveDependencies,
): Read<K> {
  const { reread } = source;
  const plain = () => validated(source.name, () => source.read(dependencies));
  switch (reread.kind) {
    case 'eachPoll':
    case 'keychainPolling':
      return async ({ keep }) => keep[source.name] ?? (await plain());
    case 'whenChanged': {
      const reading = rereadWhenChanged(dependencies, reread.path, plain, reread.atLatest, {
        optional: reread.alsoPath?.(dependencies.who) ?? null,
      });
      return ({ stamps }) => reading(stamps);
    }
    case 'rarely': {
      const reading = rereadRarely(dependencies, reread.paths, plain);
      return ({ full, asked, stamps }) => reading({ full, asked: asked.includes(source.name), stamps });
    }
    case 'onTrouble': {
      // Loaded with the first issue that asks.
      let loaded: ReturnType<typeof rereadOnTrouble<Readings[K] | Failed>> | null = null;
      return async ({ full, asked, first: { network } }) => {
        const isAsked = asked.includes(source.name);
        if (loaded === null && !isAsked) return notAsked;
        loaded ??= (await import('./reread-on-trouble.ts')).rereadOnTrouble(dependencies, plain, notAsked);
        return loaded({ full, asked: isAsked, network: await network });
      };
    }
    case 'eachPollOrChanged': {
      const paths = [macosItself, reread.path(dependencies.who)];
      let lastStamp: string | null = null;
      return async ({ keep, stamps }) => {
        const stamp = await stampOf(stamps, paths);
        const kept = keep[source.name];
        if (kept !== undefined && stamp !== null && stamp === lastStamp) return kept;
        lastStamp = stamp;
        return await plain();
      };
    }
  }
}

function polledKeychain(dependencies: ObserveDependencies): Read<'workplaceJoin'> {
  const polling = keychainPolling(dependencies, [macosItself, loginKeychainOf(dependencies.who)]);
  const plain = () => validated('workplaceJoin', () => sources.workplaceJoin.read(dependencies));
  return async ({ first, stamps }) => await polling({ appSso: await first.appSso, stamps }, plain);
}
