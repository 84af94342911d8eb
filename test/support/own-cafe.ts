import type { Cafe, CafeContent } from '../../node/domain/cafes/cafe.ts'
import { aCafe } from './format-cafe.ts'

/** Returns a published café of mediatheque.example in which `content` is what its organiser decided. */
export const ownCafe = (content: Partial<CafeContent> = {}): Cafe =>
  aCafe({ image: undefined, ...content })
