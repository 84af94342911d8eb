import type { FieldMessage } from '../../../ui/components/fields.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { createRateLimiter, spend } from '../../store/queues/rate-limits.ts'
import { isMandateCode } from '../../store/referents/codes.ts'
import { textOf } from '../http/forms.ts'

export type CodeReader = (
  form: FormData,
  mandate: { id: string; lang: Lang },
) => Promise<{ code: string } | { messages: FieldMessage[] }>

/**
 * Returns what reads the code of a mandate in a form: the code where it is right, else the message of its field. All
 * pages of a site share one, since what is counted in memory belongs to one limiter.
 */
export function createCodeReader({ db, now }: Pick<Context, 'db' | 'now'>): CodeReader {
  const tries = createRateLimiter(db, limitOf('mandate codes'))
  return async (form, { id, lang }) => {
    const { wrong, often } = messagesFor(lang).referent.person.code
    const isOften = (await spend(tries, id)) !== undefined
    const code = textOf(form, 'code').trim()
    if (!isOften && (await isMandateCode(db, { id, code }, now()))) return { code }
    return { messages: [{ name: 'code', message: isOften ? often : wrong }] }
  }
}
