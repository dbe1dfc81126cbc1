import { Stopped } from './cloudflare.mjs'

/**
 * The domain under which families know the installation: the one that is asked for, else the one that leads to the
 * Worker already. Looks at what is there and changes nothing.
 * @returns `{ domain, own, isNew }`: own are all that lead to the Worker, isNew that `domain` has yet to
 * @throws Stopped where another Worker has it, or no zone of this account could hold it
 */
export async function findDomain(cf, { name, domain: asked, worker }) {
  if (!asked && !worker) return { own: [], isNew: false }
  const all = await cf.call('see the domains of your Workers', 'GET', '/workers/domains')
  const own = all.filter(({ service }) => service === name).map(({ hostname }) => hostname)
  const last = worker?.vars.ORIGIN && new URL(worker.vars.ORIGIN).host
  if (!asked) return { domain: own.includes(last) ? last : own[0], own, isNew: false }
  const there = all.find(({ hostname }) => hostname === asked)
  if (there && there.service !== name) throw new Stopped(elsewhere(asked, `the Worker ${there.service}`))
  if (!there) await seeZone(cf, asked)
  return { domain: asked, own, isNew: !there }
}

/**
 * Leads a domain to the Worker. wrangler would do it too, but where nobody is there to ask it takes the domain away from
 * another Worker and replaces its DNS records (publishCustomDomains in wrangler 4.135); here nobody's is touched.
 * @param own those that lead there already: what is not in the list would be let go
 * @throws Stopped saying what stands in the way
 */
export async function attach(cf, name, domain, own) {
  const only = { override_scope: true, override_existing_origin: false, override_existing_dns_record: false }
  const origins = [...own, domain].map(hostname => ({ hostname }))
  try {
    await cf.call(`lead ${domain} here`, 'PUT', `/workers/scripts/${name}/domains/records`, { ...only, origins })
  } catch (error) {
    const { code, message = '' } = error.cause ?? {}
    if (code === 10083) throw new Stopped(noZone(domain), { cause: error })
    if (code === 100117 || /override_existing_dns_record/.test(message))
      throw new Stopped(
        `${domain} has DNS records, which would be lost. Remove them at Cloudflare under DNS > Records, or choose another domain, and run the same command again.`,
        { cause: error },
      )
    if (/override_existing_origin/.test(message))
      throw new Stopped(elsewhere(domain, 'another Worker'), { cause: error })
    throw error
  }
}

/**
 * A domain belongs to a zone of the account. Not every token may see zones, and to one that may not they look like none:
 * then Cloudflare says it later.
 */
async function seeZone(cf, domain) {
  const zones = await cf.zones()
  if (zones.length === 0) return
  const zone = zones.find(({ name }) => domain === name || domain.endsWith(`.${name}`))
  if (!zone) throw new Stopped(`${noZone(domain)} It has ${zones.map(({ name }) => name).join(', ')}.`)
  if (zone.status && zone.status !== 'active')
    throw new Stopped(
      `${zone.name} is not active at Cloudflare yet (${zone.status}): its name servers have to be Cloudflare's first. Deploy without --domain until then.`,
    )
}

const noZone = domain =>
  `${domain} belongs to no domain of this Cloudflare account. Add its domain there first (Domains > Add), or leave --domain away.`
const elsewhere = (domain, who) =>
  `${domain} leads to ${who} already. Take it away there first (Workers & Pages > its Settings > Domains & Routes), or choose another domain.`
