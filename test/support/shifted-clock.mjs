// Preloaded (`--import`) by a server under test whose clock is wrong: by as many milliseconds as the file says that its
// own address names (`?file=`), read each time, so that the clock jumps while the server runs.
import { readFileSync } from 'node:fs'

const file = new URL(import.meta.url).searchParams.get('file')
const ahead = () => Number(readFileSync(file, 'utf8'))
const instant = Temporal.Now.instant.bind(Temporal.Now)
const { now } = Date
Temporal.Now.instant = () => instant().add({ milliseconds: ahead() })
Date.now = () => now() + ahead()
