// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': 'daa6419d4c',
  '/css/office.min.css': '93b9a062ae',
  '/css/portal.css': 'dea20ce68e',
  '/css/portal.min.css': '0a2603d51c',
  '/img/icons.svg': '796c98c6d8',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f4f7abb7ad',
  '/js/portal.js': '3321f097d8',
}
