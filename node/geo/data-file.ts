import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One of the geographic data files, whole. They stay beside the sources when the program runs from `dist`. */
export function readDataFile(name: string): Buffer {
  const beside = fileURLToPath(new URL(`./data/${name}`, import.meta.url))
  if (existsSync(beside)) return readFileSync(beside)
  return readFileSync(fileURLToPath(new URL(`../../../node/geo/data/${name}`, import.meta.url)))
}
