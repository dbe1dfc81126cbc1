export function fill(db: D1Database, entries: number, now: number): Promise<void>
export function sessionOf(
  db: D1Database,
  door: 'staff' | 'guardian',
  email: string,
  now: number,
  slug?: string,
): Promise<string>
