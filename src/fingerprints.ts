// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': 'daa6419d4c',
  '/css/office.min.css': '93b9a062ae',
  '/css/portal.css': 'b3115b8e54',
  '/css/portal.min.css': 'f10ce45066',
  '/img/icons.svg': 'f1e315b085',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f4f7abb7ad',
  '/js/portal.js': '93bc456879',
}
