// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': 'daa6419d4c',
  '/css/office.min.css': '93b9a062ae',
  '/css/portal.css': '82a8cfa590',
  '/css/portal.min.css': 'c7825925d0',
  '/img/icons.svg': 'a0c3098bae',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f4f7abb7ad',
  '/js/portal.js': '3321f097d8',
}
