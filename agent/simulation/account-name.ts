/** The short name of a simulated Mac's user. It is a part of paths, and must not lead out of a folder. */
export const accountName = /^(?!\.)[^/\0]{1,255}$/;
