import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { LegalGap } from '../../domain/structures/legal-notice.ts'
import type { Lang } from '../../domain/values/lang.ts'

/**
 * Returns why nothing can be published yet, what is missing, where to state it, and what is possible meanwhile; for
 * programs and the command line, in the words of the administration.
 */
export function missingForLaw(
  gaps: readonly LegalGap[],
  { lang, origin }: { lang: Lang; origin: string },
): string {
  const { gaps: names } = messagesFor(lang).legal.missing
  const pages = [
    ...(gaps.some((gap) => gap !== 'contact') ? [paths.settings] : []),
    ...(gaps.includes('contact') ? [paths.place] : []),
  ]
  const [what, where] = [
    gaps.map((gap) => names[gap]).join(', '),
    pages.map((page) => origin + page).join(lang === 'fr' ? ' et ' : ' and '),
  ]
  return lang === 'fr'
    ? `La loi demande d’abord, avant de publier : ${what}. À remplir sur ${where}. En attendant, un café peut être enregistré comme brouillon.`
    : `Before anything is published, the law wants: ${what}. Fill it in at ${where}. Until then a café can be kept as a draft.`
}
