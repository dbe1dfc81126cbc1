// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': '05bb6d66f9',
  '/css/office.min.css': '391414b071',
  '/css/portal.css': '9c318a3dcd',
  '/css/portal.min.css': '94fbfa61b2',
  '/img/icons.svg': 'a0c3098bae',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f4f7abb7ad',
  '/js/portal.js': '3321f097d8',
}
