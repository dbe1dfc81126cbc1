// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': 'daa6419d4c',
  '/css/office.min.css': '93b9a062ae',
  '/css/portal.css': '96eeaa4ac4',
  '/css/portal.min.css': '304470d58a',
  '/img/icons.svg': '2db64a8594',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f4f7abb7ad',
  '/js/portal.js': '93bc456879',
}
