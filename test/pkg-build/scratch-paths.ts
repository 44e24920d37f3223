/**
 * The shipped scripts name every command and folder by its absolute path, so that no PATH and no folder of the caller can
 * change what root runs. To run them off a Mac, a copy is made by one rule: **each absolute path that begins a word of the
 * script, `/` by itself among them, gets the scratch Mac's root in front.** A chroot or a mount namespace would leave even the
 * copy alone, but needs rights that a contributor's machine or a CI runner may not give.
 *
 * A path behind a variable (`"$volume/Library"`) is left: the variable already leads into the scratch Mac, since arguments
 * are given by the same rule. `/dev` stays the real one.
 *
 * And PATH leads nowhere in the copy: a command that a script calls by its name alone is not found.
 */
const beginsAWord = /(?<=^|[\s"'=(:|;&<>`])\/(?!dev\/)(?=[A-Za-z$]|["'\s);]|$)/gm;

/** The script as it runs on the scratch Mac below `root`, which holds no space. */
export function inScratch(script: string, root: string): string {
  const lost = script.replace(/^PATH=.*$/m, 'PATH=/nowhere');
  return lost.replaceAll(beginsAWord, (_slash, at: number) => {
    const alone = !/[A-Za-z$]/.test(lost.charAt(at + 1));
    return alone ? root : `${root}/`;
  });
}

/** What was printed, with the paths as they would be on a Mac. */
export function asOnTheMac(text: string, root: string): string {
  return text.replaceAll(`${root}/`, '/').replaceAll(root, '/');
}
