/** The slug of a place by its id in a city's files: the registered programs and the drop-in sessions share it. */
export const placeSlug = (id: string) => `imported-${id.toLowerCase()}`

/** What a program is known by: both of a city's files name the same sections. */
export const programSource = (section: string) => `section:${section}`
