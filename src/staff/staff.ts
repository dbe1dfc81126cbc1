import type { SQL } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Level, Permission } from '../auth/permissions'
import { newest, type Statement } from '../database'
import { logins } from '../schema/logins'
import { permissions, staff, staffLocations } from '../schema/staff'

export interface NewStaff {
  firstName: string
  lastName: string
  email: string
  passwordHash: string | null
  isOwner?: boolean
  rights?: Partial<Record<Permission, Level>>
  /** Locations this person works for; none means all. */
  locationIds?: (number | SQL<number>)[]
}

/** Hires somebody: a log-in at the staff door, rights one by one, places. Inside the batch the id is newest(staff). */
export function hire(
  account: Account,
  { firstName, lastName, email, passwordHash, isOwner, rights, locationIds }: NewStaff,
): Statement[] {
  const { db, now } = account
  const staffId = newest(staff) as unknown as number
  const granted = Object.entries(rights ?? {}).filter(([, level]) => level > 0)
  return [
    db.insert(logins).values({
      door: 'staff',
      email,
      passwordHash,
      passwordSetAt: passwordHash ? now : null,
      verifiedAt: now,
      createdAt: now,
    }),
    db.insert(staff).values({
      firstName,
      lastName,
      sortName: `${lastName} ${firstName}`.toLowerCase(),
      email,
      loginId: newest(logins) as unknown as number,
      isOwner: isOwner ? 1 : 0,
      createdAt: now,
      updatedAt: now,
    }),
    ...granted.map(([name, level]) => db.insert(permissions).values({ staffId, name, level })),
    ...(locationIds ?? []).map(locationId =>
      db.insert(staffLocations).values({ staffId, locationId: locationId as number }),
    ),
    ...audit(account, 'hire', `added ${firstName} ${lastName} to the staff`, [['staff', newest(staff)]], {
      after: { rights },
    }),
  ]
}
