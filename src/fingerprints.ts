// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': '083df914ee',
  '/css/office.min.css': '27f2cdf2d5',
  '/css/portal.css': '90963cae95',
  '/css/portal.min.css': '24554a9ee5',
  '/img/icons.svg': 'c3cac0c09e',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': '8e75abe60d',
  '/js/passkey.js': 'acf5054e9c',
  '/js/portal.js': 'f0e4dccfc3',
  '/js/worker.js': 'a9691f43e3',
}
