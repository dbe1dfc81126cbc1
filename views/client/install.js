// The worker of the portal, where the browser has such a thing: it stands beside the pages of one business.
;(() => {
  const scope = document
    .querySelector('link[rel=manifest]')
    ?.getAttribute('href')
    .replace(/\/[^/]*$/, '')
  const worker = document.querySelector('meta[name=worker]')?.content
  if (scope && worker) navigator.serviceWorker?.register(worker, { scope }).catch(() => {})
})()
