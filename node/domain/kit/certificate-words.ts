import type { Lang } from '../values/lang.ts'
import type { SheetWords } from './sheet-words.ts'

/** All that is written on a certificate of activity. */
export type CertificateWords = Pick<SheetWords, 'movement' | 'accent' | 'credit'> & {
  lang: Lang
  title: string
  /** Whose activity it is, e.g. `Médiathèque du Canal`. */
  name: string
  /** The days that it counts. */
  period: string
  facts: readonly { count: string; text: string }[]
  /** What a participation is, and what the site did not check. */
  note: string
  /** How to check it: the address is the code’s, signature and all. */
  go: { text: string; href: string; code: string; end: string }
  /** Who made it, and when. */
  printed: string
}
