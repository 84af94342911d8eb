import { execFile } from 'node:child_process'
import fs, { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import SQLite from 'better-sqlite3'
import { PROJECT_ROOT } from '../../node/program/project-root.ts'
import { KILLED_WORKS, type KilledWork } from './killed-works.ts'
import { createProgress, markdownTable } from './table.ts'

/** Kills work before each statement and each change of a file in turn, and checks what is left. */

const run = promisify(execFile)
const COUNT_FILE = 'count'

/**
 * Does a work in a process of its own, which is killed before the step of this number. It writes the number of steps if
 * it comes to the end.
 */
export async function workUntilKilled(name: string, folder: string, at: number): Promise<void> {
  const found = KILLED_WORKS.find((each) => each.name === name)
  if (!found) throw new Error(`no such work: ${name}`)
  let count = 0
  const step = () => {
    count++
    if (count === at) process.kill(process.pid, 'SIGKILL')
  }
  const { prototype } = new SQLite(':memory:').prepare('select 1').constructor
  for (const method of ['run', 'all', 'get'] as const) {
    const made = prototype[method]
    prototype[method] = function (...values: unknown[]) {
      step()
      return made.apply(this, values)
    }
  }
  for (const method of [
    'open',
    'writeFile',
    'rename',
    'rm',
    'mkdir',
    'copyFile',
    'utimes',
  ] as const) {
    const made = fs[method] as (...values: unknown[]) => Promise<unknown>
    Object.assign(fs, {
      [method]: (...values: unknown[]) => {
        step()
        return made(...values)
      },
    })
  }
  syncBuiltinESMExports()
  await found.work(folder)
  const done = count
  await writeFile(join(folder, COUNT_FILE), String(done))
}

export type KilledResult = { name: string; steps: number; deaths: number; wrong: string[] }

/** @param most - The most kills of each work, each in the middle of its share of the steps. */
export async function killWorks(folder: string, most: number): Promise<KilledResult[]> {
  const results: KilledResult[] = []
  for (const work of KILLED_WORKS) results.push(await killWork(join(folder, 'killed'), work, most))
  return results
}

async function killWork(folder: string, work: KilledWork, most: number): Promise<KilledResult> {
  const before = join(folder, 'before')
  await rm(folder, { recursive: true, force: true })
  await mkdir(before, { recursive: true })
  await work.prepare(before)
  const undisturbed = join(folder, 'undisturbed')
  await cp(before, undisturbed, { recursive: true })
  await start(work, undisturbed, 0)
  const steps = Number(await readFile(join(undisturbed, COUNT_FILE), 'utf8'))
  const wrong = (await work.check(undisturbed)).map((each) => `undisturbed: ${each}`)
  const deaths = Math.min(most, steps)
  const progress = createProgress(work.name, deaths)
  for (let death = 0; death < deaths; death++) {
    const at = 1 + Math.floor(((death + 0.5) * steps) / deaths)
    const place = join(folder, 'place')
    await rm(place, { recursive: true, force: true })
    await cp(before, place, { recursive: true })
    const say = (found: readonly string[]) =>
      wrong.push(...found.map((each) => `step ${at}: ${each}`))
    if ((await start(work, place, at)) !== 'SIGKILL') say(['it was not killed'])
    try {
      say(await work.inspect(place))
      await work.work(place)
      say(await work.check(place))
    } catch (error) {
      say([error instanceof Error ? error.message : String(error)])
    }
    progress.reach(death + 1)
  }
  progress.end()
  return { name: work.name, steps, deaths, wrong }
}

/** @returns the signal that ended the process. */
async function start(
  { name }: KilledWork,
  folder: string,
  at: number,
): Promise<string | undefined> {
  const program = join(PROJECT_ROOT, 'dist/bench/main.js')
  try {
    await run(process.execPath, [program, 'killed', name, folder, String(at)])
    return undefined
  } catch (error) {
    const { signal } = error as { signal?: string }
    if (!signal) throw error
    return signal
  }
}

export const describeKilled = (results: readonly KilledResult[]): string =>
  [
    'Works that are killed with kill -9 before a statement or a change of a file, looked at, and done again.',
    markdownTable(
      ['', 'steps', 'deaths', 'half done or not done again'],
      results.map(({ name, steps, deaths, wrong }) => [
        name,
        String(steps),
        String(deaths),
        String(wrong.length),
      ]),
    ),
    ...results.flatMap(({ name, wrong }) => wrong.map((each) => `${name}, ${each}`)),
  ].join('\n\n')
