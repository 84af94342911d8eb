import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'

/**
 * The program as operators run it. Whoever imports this waits until `dist` is as new as the sources, so that no test
 * tries what is no longer there.
 */
const answer = await fetch(inject('programBuilder'))
if (!answer.ok) throw new Error(await answer.text())

const pathOf = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url))

/** The command line. */
export const COMMAND = pathOf('bin/cafe-ia')
/** What it runs on a Node that is new enough. */
export const MAIN = pathOf('dist/main.js')
/** Runs command lines one after the other (`test/bench/command-host.ts`). */
export const COMMAND_HOST = pathOf('dist/bench/command-host.js')
export const BENCH_MAIN = pathOf('dist/bench/main.js')
