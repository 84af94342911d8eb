import { SHARES_OF_STRUCTURE_MAX } from '../limits/limits.ts'

/** Reads how many shares of a site a structure is to have; undefined for what is no number of them. */
export function readShares(text: string): number | undefined {
  const shares = /^\d{1,4}$/.test(text) ? Number(text) : 0
  return shares >= 1 && shares <= SHARES_OF_STRUCTURE_MAX ? shares : undefined
}
