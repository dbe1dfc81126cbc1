import { BadFile } from './stage'

/** The text of a file. @throws BadFile when it is not UTF-8, which a file cut inside a letter is not either */
export function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new BadFile('The file is not text in UTF-8, or was cut off inside a letter. Save it as CSV UTF-8.')
  }
}
