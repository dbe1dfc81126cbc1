// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office-more.css': '7cf48c582a',
  '/css/office-more.min.css': '7076cadbbc',
  '/css/office.css': '411c3ad40a',
  '/css/office.min.css': '5c0621a129',
  '/css/portal.css': 'c6b14ffb5e',
  '/css/portal.min.css': '3d01f2402e',
  '/img/icons.svg': '1aa6463db4',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f51417ca78',
  '/js/passkey.js': 'acf5054e9c',
  '/js/portal.js': 'debceb54a8',
  '/js/worker.js': 'a9691f43e3',
}
