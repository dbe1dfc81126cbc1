// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office-more.css': '78000fd7a9',
  '/css/office-more.min.css': 'e8ae5e5e8d',
  '/css/office.css': '3164cc41bd',
  '/css/office.min.css': '6d71b4f516',
  '/css/portal.css': '90963cae95',
  '/css/portal.min.css': '24554a9ee5',
  '/img/icons.svg': 'a81fcdfeec',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': '8e75abe60d',
  '/js/passkey.js': 'acf5054e9c',
  '/js/portal.js': 'f0e4dccfc3',
  '/js/worker.js': 'a9691f43e3',
}
