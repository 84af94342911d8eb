import type { PropsWithChildren } from 'hono/jsx'
import type { Messages } from '../locales/messages.ts'
import { frenchSpaces } from '../locales/typography.ts'

/** Sign languages have no written form. */
const UNWRITTEN = ['fsl']

type StatementQuery = { languages?: readonly string[] | undefined }

/**
 * Returns the `lang` of texts that organisers typed, where it is not the page's: French when it is among the café's
 * languages or none is given, otherwise the first of them.
 */
export function userTextLang(cafe: StatementQuery, t: Messages): string | undefined {
  const lang = writtenIn(cafe)
  return lang === t.lang ? undefined : lang
}

function writtenIn({ languages = [] }: StatementQuery): string {
  const written = languages.filter((tag) => !UNWRITTEN.includes(tag))
  return written.includes('fr') ? 'fr' : (written[0] ?? 'fr')
}

/**
 * A text that organisers typed, with its language for screen readers, and in French never broken before « : » or « ? ».
 * Without `cafe`, it is a text of the site, in French.
 */
export function UserText({
  cafe,
  t,
  children,
}: PropsWithChildren<{ cafe?: StatementQuery; t: Messages }>) {
  const lang = userTextLang(cafe ?? {}, t)
  const isFrench = writtenIn(cafe ?? {}) === 'fr'
  const text = isFrench && typeof children === 'string' ? frenchSpaces(children) : children
  return lang ? <span lang={lang}>{text}</span> : text
}
