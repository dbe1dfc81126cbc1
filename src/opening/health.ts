import { type Account, businessZone } from '../accounts/account'
import { sayWhen } from '../clock'
import { plain, read } from '../database'
import { type Env, queriesOf } from '../env'
import { whyMailWaits } from '../messages/driver'
import * as paths from '../paths'
import { whyNoPayments } from '../payments/gateway'
import { latestMigration } from '../schema/latest'

/** One thing that was looked at, and what to do about it. */
export interface Check {
  name: string
  /** good: nothing to do; look: soon; bad: now. */
  state: 'good' | 'look' | 'bad'
  says: string
  todo?: string
  link?: { label: string; href: string }
}

interface Found {
  migrations: number
  newest: string | null
  clock: number | null
  late: number | null
  deadAt: number | null
  dead: number | null
  waitingSince: number | null
  failed: number
  uncertainSince: number | null
}

const minute = 60_000
const day = 24 * 60 * minute
const megabyte = 1024 * 1024

/** How large a database can become, in bytes (platform limits of D1). */
const most = { free: 500 * megabyte, paid: 10 * 1024 * megabyte }

/** Ninety-nine are counted, and no further. */
const text = (now: number) => `select
  (select count(*) from d1_migrations) as migrations,
  (select name from d1_migrations order by id desc limit 1) as newest,
  (select at from signs where name = 'clock') as clock,
  (select number from signs where name = 'queue') as late,
  (select at from signs where name = 'dead letters') as deadAt,
  (select number from signs where name = 'dead letters') as dead,
  min((select coalesce(min(due_at), ${now}) from messages where state = 'queued' and blast_id is null), (select coalesce(min(due_at), ${now}) from messages where state = 'queued' and blast_id is not null)) as waitingSince,
  (select count(*) from (select 1 from messages where state = 'failed' and at > ${now - 7 * day} limit 99)) as failed,
  (select min(next_look_at) from payment_attempts where state in ('started','uncertain')) as uncertainSince`

/**
 * Looks at everything that has to work behind the pages (BY9): each with what to do about it.
 * @param here where the page was opened: "https://classes.example.com"
 */
export async function healthOf(account: Account, env: Env, here: string): Promise<Check[]> {
  const [[found]] = await read(account, [plain<Found>(account, text(account.now), [])])
  if (!found) return []
  return [
    database(found),
    clock(account, found),
    queue(account, found),
    mail(account, env, found),
    payments(account, env, found),
    address(env, here),
    size(account, env),
    ...laptop(env),
  ]
}

function database({ migrations, newest }: Found): Check {
  const name = 'Database'
  if (newest === latestMigration) return { name, state: 'good', says: `${migrations} migrations, up to date.` }
  return {
    name,
    state: 'bad',
    says: `The newest migration is ${newest ?? 'none'}, this version wants ${latestMigration}.`,
    todo: 'Run npm run deploy again: it migrates every database before it replaces the program.',
  }
}

const said = (account: Account, at: number) => sayWhen(at, account.now, businessZone(account))

function clock(account: Account, { clock: at }: Found): Check {
  const name = 'Clock'
  const todo =
    'Mail that is due, payments without an answer and retention wait for it. Look at the Cron Triggers of the Worker at Cloudflare; after a deployment they take up to 15 minutes.'
  if (at === null) return { name, state: 'look', says: 'It has not run yet.', todo }
  if (at < account.now - 20 * minute) return { name, state: 'bad', says: `It ran last ${said(account, at)}.`, todo }
  return { name, state: 'good', says: `It ran last ${said(account, at)}.` }
}

function queue(account: Account, { late, dead, deadAt }: Found): Check {
  const name = 'Queue'
  const given =
    dead && deadAt ? ` It gave up ${dead} ${dead === 1 ? 'message' : 'messages'}, last ${said(account, deadAt)}.` : ''
  if (late === null) return { name, state: 'look', says: `Nothing came through it yet.${given}` }
  const says = `The last message took ${late < 10_000 ? `${Math.round(late / 1000)} seconds` : `${Math.round(late / minute)} minutes`}.${given}`
  if (deadAt && deadAt > account.now - day)
    return {
      name,
      state: 'bad',
      says,
      todo: 'What was to do still stands in the database and is taken up by the clock. If it goes on, look at the log of the Worker at Cloudflare.',
    }
  return late > 15 * minute
    ? { name, state: 'look', says, todo: 'Look at the queue at Cloudflare: it may be paused.' }
    : { name, state: 'good', says }
}

function mail(account: Account, env: Env, { waitingSince, failed }: Found): Check {
  const name = 'E-mail'
  const at = paths.office(account.slug)
  const waits = whyMailWaits(env, account)
  const settings = { label: 'First Steps', href: `${at.firstSteps()}#mail` }
  if (waits) return { name, state: 'bad', says: waits, todo: 'Choose who delivers, and try it.', link: settings }
  const { 'mail.from_address': from, 'mail.driver': driver } = account.settings
  if (driver !== 'local' && from.endsWith('@mail.example'))
    return {
      name,
      state: 'bad',
      says: 'The Sender Address is nobody’s.',
      todo: 'Write one of your own domain.',
      link: settings,
    }
  if (waitingSince !== null && waitingSince < account.now - 30 * minute)
    return {
      name,
      state: 'bad',
      says: `Mail waits since ${said(account, waitingSince)}.`,
      todo: 'Look at Clock and Queue above.',
    }
  const says = `Sent from ${from}. ${failed === 0 ? 'None' : failed} undelivered in seven days.`
  const link = { label: 'Undelivered Mail', href: at.undelivered() }
  return failed >= 20
    ? {
        name,
        state: 'look',
        says,
        todo: 'See why: a domain that is not set up at the delivery service fails every time.',
        link,
      }
    : { name, state: 'good', says, ...(failed ? { link } : {}) }
}

function payments(account: Account, env: Env, { uncertainSince }: Found): Check {
  const name = 'Payments'
  const link = { label: 'First Steps', href: `${paths.office(account.slug).firstSteps()}#payments` }
  const none = whyNoPayments(account)
  if (none) return { name, state: 'bad', says: none, todo: 'Choose who takes payments, or none.', link }
  const gateway = account.settings['payments.gateway']
  if (gateway === 'none') return { name, state: 'good', says: 'Families cannot pay online; nobody chose a gateway.' }
  if (gateway === 'stripe' && !env.STRIPE_WEBHOOK_SECRET)
    return {
      name,
      state: 'look',
      says: 'Stripe takes payments, but cannot tell this program how they end.',
      todo: `Make a webhook at Stripe that leads to /hooks/${account.slug}/stripe, put its secret into STRIPE_WEBHOOK_SECRET, and deploy again.`,
    }
  if (uncertainSince !== null && uncertainSince < account.now - 60 * minute)
    return {
      name,
      state: 'bad',
      says: 'A payment waits for its answer for more than an hour.',
      todo: 'Look at Clock and Queue above.',
    }
  return {
    name,
    state: 'good',
    says: gateway === 'stripe' ? 'Stripe takes payments.' : 'The test gateway takes test cards.',
  }
}

function address(env: Env, here: string): Check {
  const name = 'Address'
  if (env.ORIGIN === here) return { name, state: 'good', says: `Links in mail lead to ${here}.` }
  return {
    name,
    state: 'look',
    says: env.ORIGIN ? `Links in mail lead to ${env.ORIGIN}, and you are at ${here}.` : 'Links in mail lead nowhere.',
    todo: `Deploy again, with --domain ${new URL(here).hostname} if this is the address that families know.`,
  }
}

function size({ meter }: Account, env: Env): Check {
  const name = 'Size'
  const plan = queriesOf(env) < 100 ? 'free' : 'paid'
  const share = Math.round((100 * meter.size) / most[plan])
  const says = `${(meter.size / megabyte).toFixed(1)} MB of ${most[plan] / megabyte} MB.`
  return share < 80
    ? { name, state: 'good', says }
    : {
        name,
        state: share < 95 ? 'look' : 'bad',
        says,
        todo: 'Keep things for a shorter time under SETTINGS > Retention.',
      }
}

/** Doors of a laptop that stand open: in a deployment there is none of them. */
function laptop({ LOCAL_MAIL, LOCAL_PAYMENTS, DEMO_SECRET, IMPORT_SECRET }: Env): Check[] {
  if (!LOCAL_MAIL && !LOCAL_PAYMENTS && !DEMO_SECRET && !IMPORT_SECRET) return []
  return [
    {
      name: 'Laptop',
      state: 'look',
      says: 'This runs on a laptop: mail stays here, and the test gateway moves no money.',
    },
  ]
}
