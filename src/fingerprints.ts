// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office-more.css': 'dc4e7b07ec',
  '/css/office-more.min.css': '990f0d75c3',
  '/css/office.css': '9286667870',
  '/css/office.min.css': 'a6d5718e50',
  '/css/portal.css': 'c6b14ffb5e',
  '/css/portal.min.css': '3d01f2402e',
  '/img/icons.svg': '1aa6463db4',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': '68451ae686',
  '/js/passkey.js': 'acf5054e9c',
  '/js/portal.js': 'debceb54a8',
  '/js/worker.js': 'a9691f43e3',
}
