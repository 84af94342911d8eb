import SQLite from 'better-sqlite3'
import pg from 'pg'
import { openDatabase } from '../../node/store/open-database.ts'
import { addLaterMigrations } from './later-migrations.ts'

/**
 * `node killed-upgrade.ts ADDRESS NUMBER`: opens a database as a later version and is killed before the statement of that number; prints
 * how many there were when it reaches the end.
 */
const [address = '', number] = process.argv.slice(2)
let count = 0

function step(): void {
  count++
  if (count === Number(number)) process.kill(process.pid, 'SIGKILL')
}

const { prototype: ofStatement } = new SQLite(':memory:').prepare('select 1').constructor
for (const name of ['run', 'all', 'get'] as const) {
  const made = ofStatement[name]
  ofStatement[name] = function (...values: unknown[]) {
    step()
    return made.apply(this, values)
  }
}
const query = pg.Client.prototype.query as (...values: unknown[]) => unknown
Object.assign(pg.Client.prototype, {
  query(...values: unknown[]) {
    step()
    return query.apply(this, values)
  },
})

addLaterMigrations()
await (await openDatabase(address)).destroy()
process.stdout.write(String(count))
