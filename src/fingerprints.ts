// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': 'abc8b6a136',
  '/css/office.min.css': '33a42081d7',
  '/css/portal.css': '90963cae95',
  '/css/portal.min.css': '24554a9ee5',
  '/img/icons.svg': '3851a9e3e8',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f4f7abb7ad',
  '/js/passkey.js': 'acf5054e9c',
  '/js/portal.js': 'f0e4dccfc3',
  '/js/worker.js': 'a9691f43e3',
}
