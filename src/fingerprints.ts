// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': '299a8c2072',
  '/css/portal.css': '8b7d90ed60',
  '/img/icons.svg': 'bd4f30fa03',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'eac9da6114',
  '/js/portal.js': '5dd34a61f3',
}
