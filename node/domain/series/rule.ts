/** Returns whether a rule has neither a number of dates nor a last day. */
export const isEndless = (text: string): boolean => !/(?:^|;)(?:COUNT|UNTIL)=/i.test(text)

/** More times a day than this are no rule of a café, and cost as many dates. */
const MOST_TIMES_A_DAY = 24

const isBetween = (text: string, least: number, most: number): boolean =>
  /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most

/** Returns a check of a list of numbers, each of which may count from the end. */
const eachUpTo = (most: number) => (value: string) =>
  itemsOf(value).every((item) => isBetween(item.replace(/^[+-]/, ''), 1, most))

const eachBetween = (least: number, most: number) => (value: string) =>
  itemsOf(value).every((item) => isBetween(item, least, most))

/** Some programs write a comma at the end of a list. */
const itemsOf = (value: string): string[] => value.split(',').filter((item) => item !== '')

const DAY = /^(?:[+-]?(\d{1,2}))?(?:MO|TU|WE|TH|FR|SA|SU)$/

const isDayList = (value: string, parts: ReadonlyMap<string, string>): boolean =>
  itemsOf(value).every((item) => {
    const day = DAY.exec(item)
    const most = parts.get('FREQ') === 'MONTHLY' ? 5 : 53
    return day !== null && (day[1] === undefined || isBetween(day[1], 1, most))
  })

type Check = (value: string, parts: ReadonlyMap<string, string>) => boolean

/** What each part of a rule may be (RFC 5545 §3.3.10). Rules that repeat more often than daily are of no café. */
const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['FREQ', (value) => /^(?:DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(value)],
  ['COUNT', (value) => isBetween(value, 1, 999_999_999)],
  ['INTERVAL', (value) => isBetween(value, 1, 9999)],
  ['UNTIL', (value) => /^\d{8}(?:T\d{6}Z?)?$/.test(value)],
  ['BYDAY', isDayList],
  ['BYMONTHDAY', eachUpTo(31)],
  ['BYYEARDAY', eachUpTo(366)],
  ['BYWEEKNO', eachUpTo(53)],
  ['BYSETPOS', eachUpTo(366)],
  ['BYMONTH', eachBetween(1, 12)],
  ['BYHOUR', eachBetween(0, 23)],
  ['BYMINUTE', eachBetween(0, 59)],
  ['BYSECOND', eachBetween(0, 60)],
  ['WKST', (value) => /^(?:MO|TU|WE|TH|FR|SA|SU)$/.test(value)],
])

/**
 * Finds the part of a rule that is not understood, such as `COUNT=-1`; the whole rule where it does not say how often it
 * repeats, or asks for more than 24 times a day. Parts of unknown names are passed over, as RFC 2445 allowed them.
 */
export function findRuleFault(text: string): string | undefined {
  const parts = new Map<string, string>()
  for (const part of text.toUpperCase().split(';')) {
    const [name = '', value = ''] = part.split('=', 2)
    if (CHECKS.has(name) && parts.has(name)) return part
    parts.set(name, value)
  }
  const wrong = [...parts].find(([name, value]) => CHECKS.get(name)?.(value, parts) === false)
  if (wrong) return wrong.join('=')
  const timesADay = ['BYHOUR', 'BYMINUTE', 'BYSECOND']
    .map((name) => itemsOf(parts.get(name) ?? '').length || 1)
    .reduce((product, count) => product * count, 1)
  return parts.has('FREQ') && timesADay <= MOST_TIMES_A_DAY ? undefined : text
}

/**
 * As many dates as fifty years have days. The library counts days, weeks, months or years, each of which may have a date
 * for every hour of its days.
 */
const MOST_RULE_DATES = 20_000

const DAYS_OF: Record<string, number> = { WEEKLY: 7, MONTHLY: 31, YEARLY: 366 }
const DAY_LIST = /^(?:BYDAY|BYMONTHDAY|BYYEARDAY|BYWEEKNO|BYMONTH)=/
const TIME_LIST = /^(?:BYHOUR|BYMINUTE|BYSECOND)=(.*)/

/** Returns after how many steps a rule is given up. */
export const stepsOf = (text: string): number =>
  Math.ceil(MOST_RULE_DATES / datesInStep(text.toUpperCase().split(';')))

/** Returns how many dates one step of a rule may have at most. */
function datesInStep(parts: readonly string[]): number {
  const frequency = parts.find((part) => part.startsWith('FREQ='))?.slice('FREQ='.length) ?? ''
  const days = parts.some((part) => DAY_LIST.test(part)) ? (DAYS_OF[frequency] ?? 1) : 1
  return parts
    .flatMap((part) => TIME_LIST.exec(part)?.[1] ?? [])
    .reduce((product, list) => product * (itemsOf(list).length || 1), days)
}
