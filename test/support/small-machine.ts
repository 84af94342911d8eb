import { existsSync } from 'node:fs'
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What Node gets from V8 on a machine of 512 MB: half of it. */
export const SMALL_NODE = ['--max-semi-space-size=4', '--max-old-space-size=256']

/** A group of processes of which the kernel ends one when they use more memory together than they may. */
export type SmallMachine = {
  /** The file that takes the number of a process. */
  processes: string
  /** The most bytes that were used, those of cached files included. */
  readPeak: () => Promise<number>
  remove: () => Promise<void>
}

const GROUPS = '/sys/fs/cgroup'

/** Makes such a group (cgroups(7), version 1 or 2); undefined where this process may not. */
export async function createSmallMachine(bytes: number): Promise<SmallMachine | undefined> {
  const isFirst = existsSync(`${GROUPS}/memory/memory.limit_in_bytes`)
  const folder = join(GROUPS, isFirst ? 'memory' : '', `cafe-ia-${process.pid}`)
  const [limit, peak] = isFirst
    ? ['memory.limit_in_bytes', 'memory.max_usage_in_bytes']
    : ['memory.max', 'memory.peak']
  const remove = () => rmdir(folder).catch(() => undefined)
  try {
    await mkdir(folder)
    await writeFile(join(folder, limit), String(bytes))
  } catch {
    await remove()
    return undefined
  }
  return {
    processes: join(folder, 'cgroup.procs'),
    readPeak: async () => Number(await readFile(join(folder, peak), 'utf8')),
    remove,
  }
}
