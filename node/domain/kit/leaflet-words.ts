import type { Lang } from '../values/lang.ts'
import type { SheetWords } from './sheet-words.ts'

/** All that is written on the programme of a month, of a territory or of a structure. */
export type LeafletWords = Pick<SheetWords, 'movement' | 'accent' | 'accentSoft' | 'credit'> & {
  lang: Lang
  /** `Les cafés IA en Ille-et-Vilaine`, then `décembre 2026`. */
  title: string
  month: string
  lead: string
  towns: readonly {
    name: string
    cafes: readonly { when: string; title: string; place: string }[]
  }[]
  /** The way to what holds now. */
  go: { text: string; address: string; href: string; code: string }
  printed: string
}

/** What somebody needs who organises for the first time. */
export type StarterWords = Pick<SheetWords, 'movement' | 'accent'> & {
  lang: Lang
  title: string
  programme: {
    title: string
    lead: string
    steps: readonly { when: string; what: string; how: string }[]
  }
  counting: {
    title: string
    lead: string
    came: string
    first: string
    questions: string
    next: string
  }
  checklist: {
    title: string
    lead: string
    groups: readonly { when: string; items: readonly string[] }[]
  }
}
