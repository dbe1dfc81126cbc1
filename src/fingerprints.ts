// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': '89a1fe1e0d',
  '/css/office.min.css': 'cea31325f1',
  '/css/portal.css': '90963cae95',
  '/css/portal.min.css': '24554a9ee5',
  '/img/icons.svg': '37049c5c0a',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f4f7abb7ad',
  '/js/passkey.js': 'acf5054e9c',
  '/js/portal.js': 'f0e4dccfc3',
  '/js/worker.js': 'a9691f43e3',
}
