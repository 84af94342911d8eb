import { createHash } from 'node:crypto'
import type { FieldMessage } from '../../../ui/components/fields.tsx'
import { type Messages, messagesFor } from '../../../ui/locales/messages.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { REGISTRATIONS_OF_CAFE } from '../../domain/limits/limits.ts'
import { NAME_MAX, NEEDS, SEATS_MAX, sidesOf } from '../../domain/registrations/registration.ts'
import { isEmail, isPhone } from '../../domain/values/contact.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { cleanText, LINE_MAX } from '../../formats/text/clean-text.ts'
import { toEmail } from '../../store/accounts/accounts.ts'
import type { Asked, Refused } from '../../store/registrations/seats.ts'
import { textOf, textsOf } from '../http/forms.ts'

type Read = { asked: Asked; messages?: never } | { messages: FieldMessage[]; asked?: never }

/** Reads the form by which a person registers, or says what is wrong beside its fields. */
export function readRegistration(
  form: FormData,
  { cafe, mailWorks, lang }: { cafe: Cafe; mailWorks: boolean; lang: Lang },
): Read {
  const texts = messagesFor(lang).registration.form
  const { name, seats, problems } = readWho(form, texts)
  const email = mailWorks ? toEmail(textOf(form, 'courriel')) : ''
  const phone = textOf(form, 'telephone').trim()
  const needs = NEEDS.filter((need) => textsOf(form, 'besoins').includes(need))
  const messages = [
    ...problems,
    ...contactProblems({ email, phone, mailWorks, mustCall: needs.includes('call-me') }, texts),
    ...(textOf(form, 'age') === 'oui' ? [] : [{ name: 'age', message: texts.ageMissing }]),
  ]
  if (messages.length > 0 || seats === undefined) return { messages }
  const sides = sidesOf(cafe)
  return {
    asked: {
      ...{ name, seats, needs, source: 'form', actorUri: undefined },
      side: sides.find((side) => side === textOf(form, 'cote')) ?? sides[0],
      email: email || undefined,
      phone: phone || undefined,
      isByAdult: textOf(form, 'parent') === 'oui',
      answers: readAnswers(form, cafe),
      formToken: tokenOf([textOf(form, 'signature'), cafe.id, name, email, phone]),
    },
  }
}

/** Reads the answers to the questions of the team, each of its list; a question may be passed. */
const readAnswers = (form: FormData, { registration }: Cafe) =>
  (registration.questions ?? []).flatMap(({ text: question, answers }, index) => {
    const answer = answers.find((each) => each === textOf(form, `question${index + 1}`))
    return answer === undefined ? [] : { question, answer }
  })

/** Returns what a form that is sent twice has once; the same page may register a second person, who is another one. */
const tokenOf = (said: string[]): string =>
  createHash('sha256').update(JSON.stringify(said)).digest('base64url')

function contactProblems(
  {
    email,
    phone,
    mailWorks,
    mustCall,
  }: { email: string; phone: string; mailWorks: boolean; mustCall: boolean },
  texts: FormTexts,
): FieldMessage[] {
  if (email === '' && phone === '')
    return mailWorks
      ? [{ name: 'courriel', message: texts.contactMissing }]
      : [{ name: 'telephone', message: texts.noMail }]
  return [
    ...(email !== '' && !isEmail(email) ? [{ name: 'courriel', message: texts.emailWrong }] : []),
    ...(phone !== '' && !isPhone(phone) ? [{ name: 'telephone', message: texts.phoneWrong }] : []),
    ...(mustCall && phone === '' ? [{ name: 'telephone', message: texts.phoneForCall }] : []),
  ]
}

/** Reads the form by which the team adds a person who called, with an address or a number, or neither. */
export function readAdded(form: FormData, { cafe, lang }: { cafe: Cafe; lang: Lang }): Read {
  const texts = messagesFor(lang).registration.form
  const { name, seats, problems } = readWho(form, texts)
  const contact = textOf(form, 'contact').trim()
  const isMail = contact.includes('@')
  const messages = [
    ...problems,
    ...(isMail && !isEmail(toEmail(contact))
      ? [{ name: 'contact', message: texts.emailWrong }]
      : []),
    ...(contact && !isMail && !isPhone(contact)
      ? [{ name: 'contact', message: texts.phoneWrong }]
      : []),
  ]
  if (messages.length > 0 || seats === undefined) return { messages }
  return {
    asked: {
      ...{ name, seats, needs: [], source: 'team', actorUri: undefined, isByAdult: false },
      side: sidesOf(cafe)[0],
      email: isMail ? toEmail(contact) : undefined,
      phone: contact && !isMail ? contact : undefined,
      formToken: undefined,
    },
  }
}

type FormTexts = ReturnType<typeof messagesFor>['registration']['form']

/** Reads the first name and the number of seats, and says what is wrong beside them. */
function readWho(form: FormData, texts: FormTexts) {
  const name = cleanText(textOf(form, 'prenom'), LINE_MAX)
  const seats = readSeats(form)
  const problems: FieldMessage[] = [
    ...(name === '' ? [{ name: 'prenom', message: texts.nameMissing }] : []),
    ...(name.length > NAME_MAX ? [{ name: 'prenom', message: texts.nameLong }] : []),
    ...(seats === undefined ? [{ name: 'places', message: texts.placesWrong }] : []),
  ]
  return { name, seats, problems }
}

/** Reads a number of seats from `places`; one where it is left empty. */
export function readSeats(form: FormData): number | undefined {
  const text = textOf(form, 'places').trim()
  const seats = text === '' ? 1 : /^\d{1,3}$/.test(text) ? Number(text) : 0
  return seats >= 1 && seats <= SEATS_MAX ? seats : undefined
}

/** Says why nobody else is registered, beside the field with which it has to do. */
export function refusalMessage(
  { free, why }: Refused,
  { registration: { form: texts } }: Messages,
  name = 'places',
): FieldMessage {
  if (why === 'must-prove') return { name: 'courriel', message: texts.emailNeeded }
  const message = why ? texts.crowded(REGISTRATIONS_OF_CAFE) : texts.notEnough(free)
  return { name, message }
}
