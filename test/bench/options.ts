import { MESSAGE_KINDS, type MessageKind } from './message-kinds.ts'

/**
 * Reads an option that is a whole number from 1.
 * @throws Error for anything else.
 */
export function readCount(option: string, text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`${option} must be a whole number, got "${text}"`)
  return count
}

/** @throws Error for anything but a number above 0. */
export function readSeconds(option: string, text: string): number {
  const seconds = Number(text)
  if (!(seconds > 0)) throw new Error(`${option} must be a number of seconds, got "${text}"`)
  return seconds
}

/** @throws Error for anything but a number from 0 to under 100. */
export function readPercent(option: string, text: string): number {
  const percent = Number(text)
  if (!(percent >= 0 && percent < 100))
    throw new Error(`${option} must be from 0 to 99, got "${text}"`)
  return percent
}

/** @throws Error for a word that is no kind of message. */
export function readKinds(option: string, text: string): MessageKind[] {
  const words = text.split(',')
  const unknown = words.find((word) => !MESSAGE_KINDS.some((kind) => kind === word))
  if (unknown !== undefined)
    throw new Error(`${option} are among ${MESSAGE_KINDS.join(', ')}, got "${unknown}"`)
  return MESSAGE_KINDS.filter((kind) => words.includes(kind))
}
