import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = '/dev/shm'
const ROOM_BYTES = 4 * 1024 ** 3

/**
 * Moves the temporary folder of this process, and of all that it starts, to where Linux keeps files in memory, if there
 * is room. Most tests wait mainly for the disk, and what a killed process wrote is kept there too.
 */
export function useMemoryFolder(): void {
  if (process.env.TMPDIR || !hasMemoryFolder()) return
  const folder = mkdtempSync(join(FOLDER, 'cafe-ia-tests-'))
  // A server that refuses to run as root must reach its own folder.
  chmodSync(folder, 0o711)
  process.env.TMPDIR = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
}

function hasMemoryFolder(): boolean {
  if (!existsSync('/proc/mounts') || !existsSync(FOLDER)) return false
  const mount = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .find(([, place]) => place === FOLDER)
  // Programs are unpacked into it and run.
  const options = mount?.[3]?.split(',') ?? ['noexec']
  if (options.includes('noexec') || options.includes('ro')) return false
  const { bavail, bsize } = statfsSync(FOLDER)
  return bavail * bsize >= ROOM_BYTES
}
