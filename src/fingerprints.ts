// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office-more.css': '36b48bc255',
  '/css/office-more.min.css': '5af4c1745a',
  '/css/office.css': '2fc980efa3',
  '/css/office.min.css': 'e50d126b80',
  '/css/portal.css': '90963cae95',
  '/css/portal.min.css': '24554a9ee5',
  '/img/icons.svg': '1aa6463db4',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': '3e66608d28',
  '/js/passkey.js': 'acf5054e9c',
  '/js/portal.js': '37ded14c67',
  '/js/worker.js': 'a9691f43e3',
}
