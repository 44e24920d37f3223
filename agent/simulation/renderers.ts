import type { Renderer } from '../mac/simulated/renderer.ts';
import { sources } from '../mac/sources.ts';
import { log } from './log-renderer.ts';
import { preferences } from './preferences-renderer.ts';

const ofSources = await Promise.all(Object.values(sources).map((source) => source.renderer()));

/** The renderers of every source, and of what is read besides. */
export const renderers: readonly Renderer[] = [...ofSources, log, preferences];
