import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { MESSAGE_MAX as CONTACT_MAX } from '../../../ui/components/contact-page.tsx'
import type { FieldMessage, FormValues } from '../../../ui/components/fields.tsx'
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import { isEmail } from '../../domain/values/contact.ts'
import type { Lang } from '../../domain/values/lang.ts'
import type { ProblemCode } from '../../domain/values/problem.ts'
import { cleanLines, cleanText, LINE_MAX, LINES_MAX } from '../../formats/text/clean-text.ts'
import { toEmail } from '../../store/accounts/accounts.ts'
import type { Database } from '../../store/database/database.ts'
import { appendMessage, mayBeWrittenTo } from '../../store/facilitators/mails.ts'
import { findOwn } from '../../store/facilitators/own-profiles.ts'
import { textOf } from './forms.ts'

/** The form by which a visitor writes to a person whose address stays hidden, and the mail that it becomes. */

const NAME_MAX = 100
export const MESSAGE_MAX = 2000

export type Message = { name: string; email: string; message: string }

/**
 * Queues a mail to a person of this site.
 * @returns false when the person accepts none, or had the most of a day.
 */
export async function relayMessage(
  trx: Database,
  { facilitatorId, siteName, ...said }: Message & { facilitatorId: string; siteName: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const own = await findOwn(trx, facilitatorId)
  if (!own?.email || !(await mayBeWrittenTo(trx, facilitatorId, now))) return false
  const mail = draftMail('profile-message', { ...said, siteName })
  await appendMessage(trx, { facilitatorId, to: own.email, replyTo: said.email, ...mail }, now)
  return true
}

/**
 * Reads the form by which a visitor writes to a person, with what is wrong in it. The structure becomes part of the
 * name.
 */
export function readMessage(form: FormData, lang: Lang): Message & { wrong: FieldMessage[] } {
  const name = textOf(form, 'name')
  const structure = textOf(form, 'structure')
  const email = toEmail(textOf(form, 'email'))
  const message = textOf(form, 'message')
  return {
    name: structure ? `${name}, ${structure}` : name,
    ...{ email, message },
    wrong: [
      ...problemsOfText('name', name, NAME_MAX, lang),
      ...problemsOfLength('structure', structure, NAME_MAX, lang),
      ...problemsOfEmail(email, lang),
      ...problemsOfText('message', message, MESSAGE_MAX, lang),
    ],
  }
}

/** Returns what is wrong with the field `email`: it is empty or is no e-mail address. */
export const problemsOfEmail = (email: string, lang: Lang): FieldMessage[] => {
  if (isEmail(email)) return []
  return [said('email', email === '' ? 'required' : 'not_an_email', lang)]
}

/** Returns what is wrong with a required text: it is empty or has more than `max` characters. */
export function problemsOfText(
  name: string,
  text: string,
  max: number,
  lang: Lang,
): FieldMessage[] {
  return text === '' ? [said(name, 'required', lang)] : problemsOfLength(name, text, max, lang)
}

/** Returns the problems of texts that are too long: they are refused and shown again, never cut. */
export const problemsOfLength = (
  name: string,
  text: string,
  max: number,
  lang: Lang,
): FieldMessage[] => (text.length > max ? [said(name, 'too_long', lang, String(max))] : [])

/** Reads the form by which a visitor writes to referents or to the team, with what is wrong in it. */
export function readContact(values: FormValues, lang: Lang) {
  const texts = messagesFor(lang).referent.contact
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const said = {
    name: cleanText(text('contact.name'), LINE_MAX),
    email: toEmail(text('contact.email')),
    message: cleanLines(text('contact.message'), LINES_MAX),
  }
  const messages: FieldMessage[] = [
    ...(said.name === '' ? [{ name: 'contact.name', message: texts.nameMissing }] : []),
    ...problemsOfLength('contact.name', said.name, NAME_MAX, lang),
    ...(isEmail(said.email) ? [] : [{ name: 'contact.email', message: texts.emailWrong }]),
    ...(said.message === '' ? [{ name: 'contact.message', message: texts.messageMissing }] : []),
    ...(said.message.length > CONTACT_MAX
      ? [{ name: 'contact.message', message: texts.messageLong }]
      : []),
  ]
  return { said, messages }
}

const said = (field: string, code: ProblemCode, lang: Lang, detail?: string): FieldMessage => ({
  name: field,
  message: problemMessage({ field, code, ...(detail && { detail }) }, lang),
})
