import { autopkgRecipes } from './autopkg.ts';
import { cask } from './cask.ts';
import type { RecipeFacts } from './facts.ts';
import { fleetApp } from './fleet.ts';
import { installomatorLabel } from './installomator.ts';

/** The entries for the catalogues where admins find software, by their path in dist-recipes. */
export function recipes(facts: RecipeFacts): Map<string, string> {
  const inFolder = (folder: string, files: ReadonlyMap<string, string>) =>
    [...files].map(([name, content]) => [`${folder}/${name}`, content] as const);
  return new Map([
    ...inFolder('autopkg', autopkgRecipes(facts)),
    ['installomator/pssomonitor.sh', installomatorLabel(facts)],
    ['homebrew/psso-monitor.rb', cask(facts)],
    ...inFolder('fleet', fleetApp()),
  ]);
}
