import { autopkgRecipes } from './autopkg.ts';
import { cask } from './cask.ts';
import { type RecipeFacts, unset } from './facts.ts';
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

/** Why these can't be submitted: each names a file and the fact that it lacks. */
export function recipeProblems(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, content]) =>
    content.includes(unset)
      ? [`dist-recipes/${path} has ${unset} where the address, the signer or the release belongs.`]
      : [],
  );
}
