// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': 'f8855bcea6',
  '/css/office.min.css': 'fe02d55d15',
  '/css/portal.css': '7abd02952e',
  '/css/portal.min.css': '83fd5b479d',
  '/img/icons.svg': 'a0c3098bae',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f4f7abb7ad',
  '/js/passkey.js': 'acf5054e9c',
  '/js/portal.js': '3321f097d8',
}
