import { attendanceModeOf, type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import type { SheetWords } from '../../node/domain/kit/sheet-words.ts'
import { clock, longDate } from '../../node/domain/values/date-text.ts'
import { messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'

export type ReadyWords = { mail: string; networks: string; press: string; alt: string }

/** Returns the texts about a café that are ready to copy, in its language, as it is now. */
export function readyWords(cafe: Cafe, sheet: SheetWords): ReadyWords {
  const { words } = messagesFor(sheet.lang).kit
  const start = startsAtPlace(cafe)
  const when = words.at(longDate(start, sheet.lang), clock(start, sheet.lang))
  const where = placeLine(sheet)
  const { href, address } = sheet.go
  const alt = words.alt(
    cafe.title,
    [sheet.change?.label, sheet.change ? sheet.when : sentenceCase(sheet.when)]
      .filter(Boolean)
      .join(', '),
    where,
  )
  if (!('weekday' in sheet.date)) {
    const said = offWords(cafe, sheet, when)
    const text = [said, href].join('\n\n')
    return {
      mail: text,
      networks: [said, href].join('\n'),
      press: `${said} ${words.more(address)}`,
      alt,
    }
  }
  const changed = changedWords(sheet)
  const isOnline = attendanceModeOf(cafe) === 'online'
  const town = isOnline ? sheet.place : (sheet.town ?? sheet.place)
  return {
    mail: [
      words.mail(sentenceCase(when), sheet.host.name, cafe.title),
      ...[changed, where, cafe.summary ?? '', words.mailEnd, href],
    ]
      .filter(Boolean)
      .join('\n\n'),
    networks: [
      cafe.title,
      changed,
      `${sentenceCase(when)}, ${where}`,
      words.networksEnd(sheet.entry),
      href,
    ]
      .filter(Boolean)
      .join('\n'),
    press: [
      words.press(town, when, where, cafe.title),
      ...[changed, words.pressEnd(sheet.entry)],
      [words.more(address), sheet.go.phone].filter(Boolean).join(' '),
    ]
      .filter(Boolean)
      .join(' '),
    alt,
  }
}

const placeLine = ({ place, town, address }: SheetWords): string =>
  [place, address[0], town].filter(Boolean).join(', ')

/** Returns what has changed of a café that takes place: « Nouvelle date. La salle est prise. » */
function changedWords({ change }: SheetWords): string {
  if (!change) return ''
  return [change.label, change.reason].filter(Boolean).map(toSentence).join(' ')
}

function offWords(cafe: Cafe, { change, date, lang }: SheetWords, when: string): string {
  const { words } = messagesFor(lang).kit
  if (!change) return 'heading' in date ? `${cafe.title}. ${toSentence(date.heading)}` : cafe.title
  const said = words.off(change.label, cafe.title, when)
  return [said, change.reason ? toSentence(change.reason) : ''].filter(Boolean).join(' ')
}

const toSentence = (text: string | undefined): string =>
  !text || /[.!?…]$/u.test(text) ? (text ?? '') : `${text}.`
