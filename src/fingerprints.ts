// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': 'e7aa610740',
  '/css/office.min.css': '57f3d70b54',
  '/css/portal.css': '6877d5cd96',
  '/css/portal.min.css': '7f0a3e6426',
  '/img/icons.svg': 'a0c3098bae',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f4f7abb7ad',
  '/js/portal.js': '3321f097d8',
}
