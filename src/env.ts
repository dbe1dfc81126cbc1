/** What the queue carries: the account's slug, and what besides its outbox and its tasks is asked. */
export interface Job {
  account: string
  /** Everything that falls due by time. */
  sweep?: boolean
  /** When the clock asked for it, in milliseconds. */
  at?: number
  /** The look of retention that goes on. */
  look?: string
}

/** What the platform hands to the Worker: see wrangler.toml, and scripts/serve.mjs for what exists only on a laptop. */
export interface Env {
  DB: D1Database
  JOBS: Queue<Job>
  JOBS_DLQ: Queue<Job>
  ASSETS: Fetcher
  /** Cloudflare Email Sending, where a deployment has it. */
  EMAIL?: EmailBinding
  /** Secrets of the mail service Resend: to send, and to know its webhooks by. */
  RESEND_API_KEY?: string
  RESEND_WEBHOOK_SECRET?: string
  /** Where this installation is on the web, for links in mail that nobody's request caused: https://classes.example.com */
  ORIGIN?: string
  /** Set by the scripts of a laptop: mail may stay here instead of going out. A deployment has none. */
  LOCAL_MAIL?: string
  /** Set by the scripts of a laptop: the gateway that moves no money may be chosen. A deployment has none. */
  LOCAL_PAYMENTS?: string
  /** Secrets of the payment service Stripe: to ask for money, and to know its webhooks by. */
  STRIPE_SECRET_KEY?: string
  STRIPE_WEBHOOK_SECRET?: string
  /** Slug of the account whose database is DB; every other account is DB_<SLUG>. */
  ACCOUNT: string
  /** An ISO instant that stops the clock, in tests only. */
  NOW?: string
  /** Opens the door that fills a demo business; set by `npm start` for one run, never in a deployment. */
  DEMO_SECRET?: string
  /** Opens the doors of the command line, import and play; set by the script that starts the Worker, never in a deployment. */
  IMPORT_SECRET?: string
  /** Statements one request may send to D1: 40 leaves room on the free plan, 800 on the paid one. */
  QUERIES?: string
}

/** The Email Sending binding, as far as it is used. */
export interface EmailBinding {
  send(mail: {
    from: { email: string; name: string }
    to: string
    replyTo?: string
    subject: string
    text: string
    html: string
    headers: Record<string, string>
    attachments?: { filename: string; type: string; disposition: 'attachment'; content: string }[]
  }): Promise<{ messageId?: string }>
}

/** Statements that one request or one batch of the queue may send to D1. */
export const queriesOf = ({ QUERIES }: Env): number => Number(QUERIES ?? 800)

/** The D1 bindings by account slug: DB belongs to ACCOUNT, DB_SUNRISE_GYM to sunrise-gym. */
export function databases(env: Env): Map<string, D1Database> {
  const found = new Map<string, D1Database>([[env.ACCOUNT, env.DB]])
  for (const [name, binding] of Object.entries(env))
    if (/^DB_[A-Z0-9_]+$/.test(name)) found.set(name.slice(3).toLowerCase().replaceAll('_', '-'), binding as D1Database)
  return found
}
