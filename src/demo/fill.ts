import type { Account } from '../accounts/account'
import { hashPassword } from '../auth/passwords'
import { createClass } from '../classes/create'
import { commit, type Statement } from '../database'
import { createProgram, openLocation } from '../programs/programs'
import { settings } from '../schema/settings'
import { hire } from '../staff/staff'

/** Fills an empty account with the demo business, deterministically and by the same verbs that people use. */
export async function fill(account: Account): Promise<void> {
  const passwordHash = await hashPassword('demo-password')
  const statements: Statement[] = [
    account.db.insert(settings).values({
      name: 'business.name',
      value: JSON.stringify(account.slug === 'demo' ? 'Juniper Gym & Swim' : 'Sunrise Gym'),
      updatedAt: account.now,
      who: 'demo',
    }),
    ...openLocation(account, { slug: 'eastside', name: 'Eastside Gym', timeZone: 'America/Chicago', sort: 1 }),
    ...openLocation(account, { slug: 'harbor', name: 'Harbor Pool', timeZone: 'America/Chicago', sort: 2 }),
    ...openLocation(account, { slug: 'northgate', name: 'Northgate Studio', timeZone: 'America/Chicago', sort: 3 }),
    ...hire(account, { firstName: 'Ana', lastName: 'Reyes', email: 'owner@demo.test', passwordHash, isOwner: true }),
    ...hire(account, {
      firstName: 'Bo',
      lastName: 'Larsen',
      email: 'desk@demo.test',
      passwordHash,
      rights: { 'Office Portal': 2, 'Manage Online Activity': 1, Families: 1, Classes: 1, Enrollments: 1 },
    }),
    ...hire(account, {
      firstName: 'Bianca',
      lastName: 'Moretti',
      email: 'coach@demo.test',
      passwordHash,
      rights: { 'Staff Portal': 2 },
    }),
    ...createProgram(account, { name: 'Gymnastics' }),
    ...createProgram(account, { name: 'Swimming' }),
    ...createClass(account, {
      name: 'Beginner Gymnastics 1',
      locationId: 1,
      programId: 1,
      maxStudents: 8,
      minAge: 'P3Y',
      maxAge: 'P5Y',
      slots: [{ weekday: 1, start: '16:15', end: '17:00' }],
      tuitionCents: 9200,
      instructorIds: [3],
    }),
    ...createClass(account, {
      name: 'Learn to Swim 3',
      locationId: 2,
      programId: 2,
      maxStudents: 4,
      slots: [{ weekday: 6, start: '09:30', end: '10:00' }],
      tuitionCents: 10800,
      instructorIds: [3],
    }),
  ]
  await commit(account, statements)
}
