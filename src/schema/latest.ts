/** The newest migration: what a database of this version has seen last. */
export const latestMigration = '0044_locations_that_are_closed.sql'
