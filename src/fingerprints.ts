// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': '05bb6d66f9',
  '/css/office.min.css': '391414b071',
  '/css/portal.css': '7ef054bb21',
  '/css/portal.min.css': 'cabcbdd860',
  '/img/icons.svg': 'f1e315b085',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f4f7abb7ad',
  '/js/portal.js': '93bc456879',
}
