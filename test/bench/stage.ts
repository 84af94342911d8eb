import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../support/ports.ts'
import type { Samples } from './measures.ts'
import type { Helper } from './processes.ts'

/** Code that benches with several processes share. */

/**
 * Does the work with a temporary folder. The folder is deleted afterwards, and the processes in the list are stopped.
 */
export async function withStage(
  work: (folder: string, helpers: Helper[]) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-bench-'))
  const helpers: Helper[] = []
  try {
    await work(folder, helpers)
  } finally {
    await Promise.allSettled(helpers.map((helper) => helper.stop('SIGKILL')))
    await rm(folder, { recursive: true, force: true })
  }
}

/** Loads the list again and again, as a visitor, with this pause after each answer, in milliseconds. */
export async function timePages(origin: string, seconds: number, everyMs = 200): Promise<Samples> {
  const samples: Samples = []
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    const began = performance.now()
    const response = await fetch(`${origin}/cafes`)
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`the page answered ${response.status}`)
    samples.push(performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  return samples
}

export const report = (words: string): void => void process.stderr.write(`${words}\n`)

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Asks until the answer is true. */
export async function until(
  question: () => Promise<boolean> | boolean,
  everyMs = 50,
): Promise<void> {
  while (!(await question())) await pause(everyMs)
}

/** The settings of a server on loopback, as its environment variables. */
export type Settings = Record<string, string>

/**
 * Returns settings with a free port and the data in `folder`. The origin contains that port, unless the folder holds
 * data that were published under another origin.
 */
export async function settingsOf(
  role: 'node' | 'hub',
  folder: string,
  origin?: string,
): Promise<Settings> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const port = await freePort()
  return {
    CAFE_IA_ROLE: role,
    CAFE_IA_ORIGIN: origin ?? `http://127.0.0.1:${port}`,
    CAFE_IA_PORT: String(port),
    CAFE_IA_DATA: folder,
    CAFE_IA_ALLOW_LOOPBACK: '1',
    CAFE_IA_LOG: 'error',
    // The limit per peer is raised, since one peer stands for many here.
    CAFE_IA_CAFES_PER_DAY: '10000000',
  }
}

export const portOf = (settings: Settings): number => Number(settings.CAFE_IA_PORT)

export const databaseOf = (settings: Settings): string =>
  join(settings.CAFE_IA_DATA ?? '', 'cafe-ia.sqlite')
