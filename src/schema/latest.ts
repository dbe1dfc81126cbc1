/** The newest migration: what a database of this version has seen last. */
export const latestMigration = '0039_signs_of_life.sql'
