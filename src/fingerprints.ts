// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': 'f8855bcea6',
  '/css/office.min.css': 'fe02d55d15',
  '/css/portal.css': 'a92a1562f2',
  '/css/portal.min.css': '480aaed36d',
  '/img/icons.svg': 'a0c3098bae',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'fef8220649',
  '/js/passkey.js': 'acf5054e9c',
  '/js/portal.js': '6d8e4a3723',
  '/js/worker.js': 'a9691f43e3',
}
