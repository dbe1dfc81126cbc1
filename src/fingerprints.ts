// Written by `npm run fingerprint`: what the files under static/ contain, for their addresses (?v=…).
export const fingerprint: Record<string, string> = {
  '/css/office.css': '091d59eb44',
  '/css/office.min.css': '545182ec87',
  '/css/portal.css': '543d134e9f',
  '/css/portal.min.css': '109bf5376e',
  '/img/icons.svg': '796c98c6d8',
  '/js/htmx.min.js': 'a0abb04f2f',
  '/js/office.js': '98289f1f93',
  '/js/portal.js': '5bc5bbe3d3',
}
