// Beside the portal of one business: keeps the sheet, the script and the sprite, and the schedule that was last seen, so
// that a family without a network reads that one and of when it is. Pages are always asked for anew while there is a
// network. A log-out forgets the schedule.
const base = new URL(self.registration.scope).pathname
const offline = `${base}/offline`
const schedule = `${base}/account/schedule`
const files = 'files'
const own = `own ${base}`
const most = 40

/** A file is never changed under its address, so the one that was kept is the one. */
async function fileFor(request) {
  const cache = await caches.open(files)
  const kept = await cache.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) {
    await cache.put(request, answer.clone())
    const old = (await cache.keys()).filter(({ url }) => !url.endsWith('/offline')).slice(0, -most)
    for (const one of old) await cache.delete(one)
  }
  return answer
}

async function keepOffline() {
  const answer = await fetch(offline)
  if (!answer.ok) return
  const html = await answer.clone().text()
  await (await caches.open(files)).put(offline, answer)
  const parts = [...html.matchAll(/(?:href|src)="(\/(?:css|js|img|brand)\/[^"#]+)/g)].map(([, path]) => path)
  await Promise.all([...new Set(parts)].map(path => fileFor(new Request(path))))
}

const words = {
  en: 'No network. This is your schedule as of',
  es: 'Sin conexión. Este es su horario del',
}

/** What was kept, with the moment it is of. */
async function dated(kept) {
  const html = await kept.text()
  const language = /<html lang="es"/.test(html) ? 'es' : 'en'
  const when = new Date(kept.headers.get('X-Kept')).toLocaleString(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  const notice = `<div class="notice amber told" role="status"><p>${words[language]} ${when}.</p></div>`
  return new Response(
    html.replace(/<main[^>]*>/, main => main + notice),
    { headers: kept.headers },
  )
}

async function pageFor(request) {
  const { pathname, search } = new URL(request.url)
  try {
    const answer = await fetch(request)
    if (pathname === schedule) {
      const cache = await caches.open(own)
      if (answer.ok && !search) {
        const headers = new Headers(answer.headers)
        headers.set('X-Kept', new Date().toISOString())
        await cache.put(schedule, new Response(await answer.clone().blob(), { headers }))
      } else if (!answer.ok) await cache.delete(schedule)
    }
    return answer
  } catch {
    const kept = await (await caches.open(own)).match(schedule)
    return kept ? dated(kept) : ((await (await caches.open(files)).match(offline)) ?? Response.error())
  }
}

self.addEventListener('install', event => {
  self.skipWaiting()
  event.waitUntil(keepOffline())
})

self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== self.location.origin) return
  if (request.method === 'POST' && pathname === `${base}/logout`) event.waitUntil(caches.delete(own))
  if (request.method !== 'GET') return
  if (/^\/(css|js|img|brand)\//.test(pathname)) event.respondWith(fileFor(request))
  // Another business may have a name that begins with this one's.
  else if (request.mode === 'navigate' && (pathname === base || pathname.startsWith(`${base}/`)))
    event.respondWith(pageFor(request))
})
