import type { OpenDatabase } from '../../store/database/database.ts'
import { type CountedLimit, createRateLimiter, spend } from '../../store/queues/rate-limits.ts'
import { neighbourhoodOf, networkOf } from './middleware.ts'

/** How many networks side by side may do all that one may: whoever rents a /48 has 65,536 networks (RFC 6177). */
const NETWORKS_AROUND = 6

/**
 * Limits how often one network may do something, and how often its neighbourhood may.
 * @returns A function that counts one request from an address, where `about` is given for one thing alone. It returns how
 * many seconds the address has to wait, or undefined when it may ask now.
 */
export function createVisitorLimit(
  db: OpenDatabase,
  { name, points, duration }: CountedLimit,
): (address: string, about?: string) => Promise<number | undefined> {
  const one = createRateLimiter(db, { name, points, duration })
  const around = { name: `${name}, around`, points: points * NETWORKS_AROUND, duration }
  const all = createRateLimiter(db, around)
  return async (address, about = '') =>
    (await spend(one, about + networkOf(address))) ?? spend(all, about + neighbourhoodOf(address))
}

/**
 * Limits how often one neighbourhood (/24 or /48) may do something.
 * @returns A function like that of `createVisitorLimit`.
 */
export function createNeighbourhoodLimit(
  db: OpenDatabase,
  limit: CountedLimit,
): (address: string) => Promise<number | undefined> {
  const all = createRateLimiter(db, limit)
  return (address) => spend(all, neighbourhoodOf(address))
}

/**
 * Limits how many messages one reader gets in a day. Half of them are reserved for neighbourhoods that have not yet
 * written there that day, so that a few writers silence nobody.
 * @returns Whether one more may be sent to `reader` from this address; it is counted.
 */
export function createReaderLimit(
  db: OpenDatabase,
  { name, points: perDay, duration }: CountedLimit,
): (reader: string, address: string) => Promise<boolean> {
  const limit = (kind: string, points: number) =>
    createRateLimiter(db, { name: `${name}: ${kind}`, points, duration })
  const open = limit('open', Math.floor(perDay / 2))
  const kept = limit('kept', Math.ceil(perDay / 2))
  const writers = limit('writers', 1)
  return async (reader, address) => {
    const isFirst = !(await spend(writers, `${reader} ${neighbourhoodOf(address)}`))
    return !(await spend(open, reader)) || (isFirst && !(await spend(kept, reader)))
  }
}
