import { ConfigError } from '../../config.ts'

/** A whole number from 1, as an option says it. */
export function readCount(option: string, text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1)
    throw new ConfigError(`${option} must be a whole number, got "${text}"`)
  return count
}
