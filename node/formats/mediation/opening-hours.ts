const DAYS = { Mo: 'lundi', Tu: 'mardi', We: 'mercredi', Th: 'jeudi', Fr: 'vendredi', Sa: 'samedi' }
const NAMES: Record<string, string> = { ...DAYS, Su: 'dimanche', PH: 'jours fériés' }

const DAY = '(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)'
const RULE = new RegExp(`^(${DAY}(?:-${DAY})?(?:, ?${DAY}(?:-${DAY})?)*)? ?(.*)$`)
const SPAN = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/

/**
 * Returns the opening hours of OpenStreetMap (`Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00`) in French, one line for
 * each rule; undefined when they use more than days and hours, which few places do.
 */
export function openingHoursText(text: string): string[] | undefined {
  const lines: string[] = []
  for (const rule of text.split(';').map((part) => part.trim())) {
    if (rule === '') continue
    const [, days = '', hours = ''] = RULE.exec(rule) ?? []
    const when = hoursText(hours.trim())
    if (!when) return undefined
    lines.push(days === '' ? `tous les jours\u00a0: ${when}` : `${daysText(days)}\u00a0: ${when}`)
  }
  return lines.length > 0 ? lines : undefined
}

const daysText = (days: string): string =>
  days
    .split(/, ?/)
    .map((part) => {
      const [from = '', to] = part.split('-')
      return to ? `du ${NAMES[from]} au ${NAMES[to]}` : (NAMES[from] ?? '')
    })
    .join(', ')

function hoursText(hours: string): string | undefined {
  if (/^(?:off|closed)$/i.test(hours)) return 'fermé'
  const spans = hours.split(',').map((part) => SPAN.exec(part.trim()))
  const words = spans.map((span) => {
    const [, from = '', fromMinute = '', to = '', toMinute = ''] = span ?? []
    return `${hour(from, fromMinute)}\u00a0–\u00a0${hour(to, toMinute)}`
  })
  return spans.every((span) => span !== null) ? words.join(', ') : undefined
}

const hour = (hours: string, minutes: string): string =>
  `${Number(hours)}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`
