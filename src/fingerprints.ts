// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office-more.css': 'dc4e7b07ec',
  '/css/office-more.min.css': '990f0d75c3',
  '/css/office.css': 'f33cab28e1',
  '/css/office.min.css': '63596e2fa3',
  '/css/portal.css': '90963cae95',
  '/css/portal.min.css': '24554a9ee5',
  '/img/icons.svg': '1aa6463db4',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': '1215bf0fe0',
  '/js/passkey.js': 'acf5054e9c',
  '/js/portal.js': '37ded14c67',
  '/js/worker.js': 'a9691f43e3',
}
