// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': '0e9a03bf25',
  '/css/office.min.css': '85da3e9332',
  '/css/portal.css': 'a31c85ae5f',
  '/css/portal.min.css': '01c3611ab4',
  '/img/icons.svg': '796c98c6d8',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': '1da09acfdf',
  '/js/portal.js': '5bc5bbe3d3',
}
