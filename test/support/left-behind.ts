import { getCACertificates } from 'node:tls'
import { afterAll, expect } from 'vitest'

/**
 * Runs before each test file. Files follow one another in one process, so what a file changes of the process it puts
 * back: otherwise a later one passes or fails by what ran before it.
 */
const look = () => ({
  environment: Object.entries(process.env).filter(([name]) => OURS.test(name)),
  folder: process.cwd(),
  certificates: countTrusted(),
  clock: [Temporal.Now.instant, Date, Date.now, performance.now],
  functions: [setTimeout, setInterval, fetch, Math.random],
})

/** Libraries set variables of their own, for as long as they are loaded. */
const OURS = /^(?:CAFE_IA_|NODE_|TMPDIR$|TZ$|PATH$|HOME$|LANG)/

/** The system's own may repeat what Node brings, with other line ends. */
function countTrusted(): number {
  return new Set(getCACertificates('default').map((each) => each.replaceAll(/\s/gu, ''))).size
}

const before = look()

// What is registered first runs last, after the file's own.
afterAll(() => expect(look()).toEqual(before))
