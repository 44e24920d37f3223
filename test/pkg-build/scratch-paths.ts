/**
 * The shipped scripts use absolute paths for all commands and folders, so that the caller's PATH and folder
 * can not change what root runs. Tests run a copy with one change: **each absolute path at the beginning of a
 * word, and `/` alone, gets the scratch Mac's root as prefix.** A chroot or a mount namespace would need no
 * change, but needs privileges that a contributor's machine or a CI runner may not have.
 *
 * A path after a variable (`"$volume/Library"`) is unchanged: the variable has the prefix, since arguments
 * get it too. `/dev` is unchanged.
 *
 * PATH of the copy names a missing folder: a command without a path is not found.
 */
const beginsAWord = /(?<=^|[\s"'=(:|;&<>`])\/(?!dev\/)(?=[A-Za-z$]|["'\s);]|$)/gm;

/** The script for the scratch Mac in the folder `root`, whose path must have no space. */
export function inScratch(script: string, root: string): string {
  const lost = script.replace(/^PATH=.*$/m, 'PATH=/nowhere');
  return lost.replaceAll(beginsAWord, (_slash, at: number) => {
    const alone = !/[A-Za-z$]/.test(lost.charAt(at + 1));
    return alone ? root : `${root}/`;
  });
}

/** Output of a script, with the paths of a Mac. */
export function asOnTheMac(text: string, root: string): string {
  return text.replaceAll(`${root}/`, '/').replaceAll(root, '/');
}
