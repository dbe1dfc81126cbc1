// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': '13bea6d08b',
  '/css/office.min.css': 'e07e753e6f',
  '/css/portal.css': '543d134e9f',
  '/css/portal.min.css': '109bf5376e',
  '/img/icons.svg': '796c98c6d8',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'abf9717f6b',
  '/js/portal.js': '93bc456879',
}
