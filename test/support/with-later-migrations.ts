import { addLaterMigrations } from './later-migrations.ts'

/** `node --import`: the program that runs is a later version. */
addLaterMigrations()
