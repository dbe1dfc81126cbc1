/** What htmx is told for `hx-boost`: the answer goes into this part of the page, which stays where it is scrolled to. */
export const inPlace = (target: '#main' | '#window' | '#rows') => `target:"${target}",swap:"innerMorph show:none"`
