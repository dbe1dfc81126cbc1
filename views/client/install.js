// The worker of the portal, where the browser has such a thing: it stands beside the pages of one business.
;(() => {
  const scope = document
    .querySelector('link[rel=manifest]')
    ?.getAttribute('href')
    .replace(/\/[^/]*$/, '')
  const worker = document.querySelector('meta[name=worker]')?.content
  if (scope && worker) navigator.serviceWorker?.register(worker, { scope }).catch(() => {})
})()

// What is said when the network is gone, to whoever reads Spanish: after the notice that every page of ours shows.
document.addEventListener('htmx:error', () => {
  const lost = document.getElementById('lost')
  if (!lost || document.documentElement.lang !== 'es') return
  lost.firstChild.data = 'Sin conexión. No se cambió nada.'
  lost.lastChild.textContent = 'Intentar otra vez'
})
