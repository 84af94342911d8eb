import { toEvent } from '../../federation/wire/event.ts'
import type { Json } from '../../federation/wire/json.ts'
import type { CafeContent } from '../../node/domain/cafes/cafe.ts'
import { ownCafe } from './own-cafe.ts'

export const ORIGIN = 'https://mediatheque.example'

/** Returns what is sent: the text, and what a reader makes of it. */
export function wireOf(content: Partial<CafeContent> = {}): { text: string; event: Json } {
  const text = JSON.stringify(toEvent(ownCafe(content), ORIGIN))
  return { text, event: JSON.parse(text) }
}

export const online = { attendanceMode: 'online', venue: undefined } as const
