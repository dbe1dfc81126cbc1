// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': '27f24ec225',
  '/css/office.min.css': 'd466fb8530',
  '/css/portal.css': 'a31c85ae5f',
  '/css/portal.min.css': '01c3611ab4',
  '/img/icons.svg': '796c98c6d8',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': 'f04e7be81d',
  '/js/portal.js': '5bc5bbe3d3',
}
