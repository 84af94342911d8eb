import type { Context as HonoContext } from 'hono'
import type { FlashKey } from '../../../ui/admin/layout.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'

const KEYS = new Set<string>(Object.keys(messagesFor('fr').admin.flash))

const isFlashKey = (text: string): text is FlashKey => KEYS.has(text)

/**
 * Reads from the address what the page before has just done: reloading the page says it again, and no state is kept.
 */
export function readFlash(c: HonoContext): FlashKey | undefined {
  const key = c.req.query('fait') ?? ''
  return isFlashKey(key) ? key : undefined
}

/** Returns the address of a page with what was done. */
export const withFlash = (path: string, key: FlashKey): string => `${path}?fait=${key}`
