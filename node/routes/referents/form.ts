import type { FieldMessage } from '../../../ui/components/fields.tsx'
import type { Messages } from '../../../ui/locales/messages.ts'
import { MANDATE_DAYS, REFERENT_TITLES, type Referent } from '../../domain/referents/referent.ts'
import { isEmail } from '../../domain/values/contact.ts'
import { readDay } from '../../domain/values/days.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { cleanText, LINE_MAX } from '../../formats/text/clean-text.ts'
import type { Territory } from '../../geo/territories.ts'
import { toEmail } from '../../store/accounts/accounts.ts'
import { problemsOfLength } from '../http/contact-form.ts'
import { textOf } from '../http/forms.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import { readTerritoryText } from '../search/territory-input.ts'

/** The maximum number of characters of a referent's name, wherever it is typed. */
export const REFERENT_NAME_MAX = 100

type Words = Messages['referentAdmin']['wrong']

type ReadPerson = {
  person: Pick<Referent, 'name' | 'word' | 'email'>
  territory: Territory | undefined
  choices: { code: string; label: string }[] | undefined
  messages: FieldMessage[]
}

/** Reads whom a form proposes, and for which territory. */
export function readProposedReferent(
  form: FormData,
  { texts, lang, emailRequired }: { texts: Words; lang: Lang; emailRequired: boolean },
): ReadPerson {
  const name = cleanText(textOf(form, 'name'), LINE_MAX)
  const email = toEmail(textOf(form, 'email'))
  const { territory, choices } = readTerritoryText(textOf(form, 'territory'))
  const isGood = email === '' ? !emailRequired : isEmail(email)
  const messages: FieldMessage[] = [
    ...(name === '' ? [{ name: 'name', message: texts.name }] : []),
    ...problemsOfLength('name', name, REFERENT_NAME_MAX, lang),
    ...(territory
      ? []
      : [{ name: 'territory', message: choices.length > 0 ? texts.several : texts.territory }]),
    ...(isGood ? [] : [{ name: 'email', message: texts.email }]),
  ]
  return {
    person: {
      name,
      word: REFERENT_TITLES.find((word) => word === textOf(form, 'word')) ?? 'neutre',
      email: email || undefined,
    },
    territory,
    choices:
      choices.length > 1
        ? choices.map((one) => ({ code: one.code, label: labelOfTerritory(one) }))
        : undefined,
    messages,
  }
}

/** Reads the first and the last day; a missing first is today, a missing last a year later. */
export function readMandateDays(
  form: FormData,
  {
    today,
    texts,
    startsOn,
  }: { today: Temporal.PlainDate; texts: Words; startsOn?: Temporal.PlainDate },
): { startsOn: Temporal.PlainDate; endsOn: Temporal.PlainDate; messages: FieldMessage[] } {
  const first = startsOn ?? readDay(textOf(form, 'startsOn')) ?? today
  const last = readDay(textOf(form, 'endsOn')) ?? first.add({ days: MANDATE_DAYS.usual })
  const days = first.until(last).days
  const isPast = Temporal.PlainDate.compare(last, today) < 0
  const isWrong = days < 1 || days > MANDATE_DAYS.most
  const message = isPast ? texts.past : isWrong ? texts.dates : undefined
  return {
    startsOn: first,
    endsOn: last,
    messages: message ? [{ name: 'endsOn', message }] : [],
  }
}

/** Reads the days that a page of a mandate showed; undefined for anything else. */
export function readShownDays(
  form: FormData,
): { startsOn: Temporal.PlainDate; endsOn: Temporal.PlainDate } | undefined {
  const [startsOn, endsOn] = ['shownFrom', 'shownUntil'].map((name) => readDay(textOf(form, name)))
  return startsOn && endsOn && { startsOn, endsOn }
}
