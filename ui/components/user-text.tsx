import type { PropsWithChildren } from 'hono/jsx'
import type { Messages } from '../locales/messages.ts'

/** Sign languages have no written form. */
const UNWRITTEN = ['fsl']

type StatementQuery = { languages?: readonly string[] | undefined }

/**
 * Returns the `lang` of texts that organisers typed, where it is not the page's: French when it is among the café's
 * languages or none is given, otherwise the first of them.
 */
export function userTextLang({ languages = [] }: StatementQuery, t: Messages): string | undefined {
  const written = languages.filter((tag) => !UNWRITTEN.includes(tag))
  const lang = written.includes('fr') ? 'fr' : (written[0] ?? 'fr')
  return lang === t.lang ? undefined : lang
}

/**
 * A text that organisers typed, with its language for screen readers. Without `cafe`, it is a text of the site, in
 * French.
 */
export function UserText({
  cafe,
  t,
  children,
}: PropsWithChildren<{ cafe?: StatementQuery; t: Messages }>) {
  const lang = userTextLang(cafe ?? {}, t)
  return lang ? <span lang={lang}>{children}</span> : children
}
