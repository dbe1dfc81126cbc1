/** The first letters of each static file's digest, by its path. Written by a script; without one a file has its plain name. */
export const fingerprint: Record<string, string> = {}
