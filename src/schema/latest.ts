/** The newest migration: what a database of this version has seen last. */
export const latestMigration = '0042_students_that_were_merged.sql'
