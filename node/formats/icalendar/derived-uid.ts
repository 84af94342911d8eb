import { createHash } from 'node:crypto'

/** Makes a UID for an event without one: the same texts give the same UID, so that a second import changes nothing. */
export const hashUid = (said: string[]): string =>
  `import-${createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32)}`
