import type { PropsWithChildren } from 'hono/jsx'
import type { Messages } from '../locales/messages.ts'

/** Sign languages are spoken at a café, and written by nobody. */
const UNWRITTEN = ['fsl']

type StatementQuery = { languages?: readonly string[] | undefined }

/**
 * The `lang` of what organisers typed, where it is not the page's: French when it is among the languages of the café
 * or none is named, else the first of them.
 */
export function userTextLang({ languages = [] }: StatementQuery, t: Messages): string | undefined {
  const written = languages.filter((tag) => !UNWRITTEN.includes(tag))
  const lang = written.includes('fr') ? 'fr' : (written[0] ?? 'fr')
  return lang === t.lang ? undefined : lang
}

/** Words that organisers typed, for those who hear the page read. Without `cafe`, words of the place: French. */
export function UserText({
  cafe,
  t,
  children,
}: PropsWithChildren<{ cafe?: StatementQuery; t: Messages }>) {
  const lang = userTextLang(cafe ?? {}, t)
  return lang ? <span lang={lang}>{children}</span> : children
}
