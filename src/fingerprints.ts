// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': 'e7aa610740',
  '/css/office.min.css': '57f3d70b54',
  '/css/portal.css': 'a92a1562f2',
  '/css/portal.min.css': '480aaed36d',
  '/img/icons.svg': 'a0c3098bae',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f4f7abb7ad',
  '/js/passkey.js': 'acf5054e9c',
  '/js/portal.js': 'f0e4dccfc3',
  '/js/worker.js': 'a9691f43e3',
}
