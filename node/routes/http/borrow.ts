import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext } from 'hono'
import type { Config } from '../../config.ts'
import { borrowFor, type Loan } from '../../turns/memory.ts'
import { addressOf, borrowerOf } from './middleware.ts'

/** In seconds: when somebody comes back for whom no memory was free. */
export const COME_BACK_S = '30'

/** About how many bytes of memory a text of so many characters takes, with the cafés of which it is made. */
export const bytesFor = (characters: number): number => 8 * characters

/** An answer that goes to no socket takes nothing. */
const NO_LOAN: Loan = { bytes: () => 0, keep: () => undefined, end: () => undefined }

/**
 * Borrows the memory of an answer that is longer than a page, before it is made; what was borrowed for it before is given
 * back first. It comes back by itself once the answer is sent or its visitor has left.
 * @returns Undefined where none came free within a minute, or too many requests of this network wait.
 */
export async function borrow(
  c: HonoContext,
  config: Pick<Config, 'trustProxy'>,
  bytes: number,
): Promise<Loan | undefined> {
  const { incoming, outgoing }: Partial<HttpBindings> = c.env ?? {}
  if (!outgoing) return NO_LOAN
  const by = borrowerOf(addressOf(incoming, config))
  return borrowFor(outgoing, 'work', bytes, by, c.req.raw.signal)
}
