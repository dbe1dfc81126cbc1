// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': 'daa6419d4c',
  '/css/office.min.css': '93b9a062ae',
  '/css/portal.css': '1428855983',
  '/css/portal.min.css': 'e19abeaff1',
  '/img/icons.svg': 'a0c3098bae',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f4f7abb7ad',
  '/js/portal.js': '93bc456879',
}
