// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': '407887dcec',
  '/css/portal.css': '543d134e9f',
  '/img/icons.svg': 'bd4f30fa03',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': '6b8ffeed54',
  '/js/portal.js': '87ca2d2f13',
}
