import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Statement } from '../database'
import { pictures } from '../schema/portal'

/** 50 KB: a logo of this size is sharp on every screen, and a page stays light. */
const most = 50 * 1024

export interface Picture {
  /** Of its content: the name under which browsers keep it for ever. */
  hash: string
  type: 'image/png' | 'image/jpeg' | 'image/webp'
  /** base64 */
  content: string
}

/** What a file is by its first bytes, whatever it is called. SVG is left out: it can carry a script. */
function typeOf(bytes: Uint8Array): Picture['type'] | undefined {
  const begins = (at: number, ...wanted: number[]) => wanted.every((byte, nth) => bytes[at + nth] === byte)
  if (begins(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (begins(0, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (begins(0, 0x52, 0x49, 0x46, 0x46) && begins(8, 0x57, 0x45, 0x42, 0x50)) return 'image/webp'
}

/** The picture in an uploaded file; nothing where none was chosen, a sentence where it cannot be taken. */
export async function pictureIn(file: unknown): Promise<Picture | string | undefined> {
  if (!(file instanceof File) || file.size === 0) return
  if (file.size > most) return 'A picture can have up to 50 KB. Make it smaller first.'
  const bytes = new Uint8Array(await file.arrayBuffer())
  const type = typeOf(bytes)
  if (!type) return 'This takes a PNG, JPEG or WebP picture.'
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return { hash: digest.toHex().slice(0, 32), type, content: bytes.toBase64() }
}

/** Keeps a picture; the same one twice is one row. */
export const keepPicture = ({ db, now }: Pick<Account, 'db' | 'now'>, picture: Picture): Statement =>
  db
    .insert(pictures)
    .values({ ...picture, createdAt: now })
    .onConflictDoNothing()

/** Forgets the pictures that nothing shows any more. It stands after what took one of them out of use. */
export const forgetPictures = ({ db }: Pick<Account, 'db'>): Statement =>
  db
    .delete(pictures)
    .where(
      sql`${pictures.hash} not in (select coalesce(s.photo_key, '') from staff s union select coalesce(json_extract(v.value, '$'), '') from settings v where v.name = 'brand.logo')`,
    )

export const pictureQuery = ({ db }: Pick<Account, 'db'>, hash: string) =>
  db.select({ type: pictures.type, content: pictures.content }).from(pictures).where(eq(pictures.hash, hash))
