import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { LONGEST } from '../../../node/domain/structures/personal-data.ts'
import { LANGS } from '../../../node/domain/values/lang.ts'
import { LINK_MINUTES } from '../../../node/domain/values/link.ts'
import { ALERT_DAYS, CONSENT_DAYS, RETENTION_DAYS } from '../../../node/domain/values/retention.ts'
import { minutesInEnglish, minutesInFrench } from '../../../ui/locales/durations.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { PersonalDataPage } from '../../../ui/site/personal-data-page.tsx'
import { readable } from '../../support/readable.ts'
import { someDataSources } from '../gallery/personal-data.ts'
import { aLegalNotice, aProfile, HUB, NODE } from '../gallery/sample.ts'

/**
 * Texts take every period from the tables that enforce it, so the purge, the links, the pages, the mails and the
 * document agree.
 */

const ROOT = new URL('../../../', import.meta.url)
const DAY = 24 * 60

const NUMBER =
  '(?:\\d+|une?|deux|trois|quatre|cinq|six|sept|huit|dix|douze|quinze|trente|an?|one|two|three|four|five|six|seven|eight|ten|twelve|fifteen|thirty)'
const UNIT =
  '(?:heures?|jours?|semaines?|mois|ans?|années?|hours?|days?|weeks?|months?|years?|minutes?)'
const DURATION = new RegExp(`(?<![\\p{L}’])${NUMBER} ${UNIT}(?!\\p{L})`, 'giu')

const listDurations = (text: string): string[] =>
  [...readable(text).matchAll(DURATION)].map(([found]) => found.toLowerCase())

/** All periods of the tables, in minutes. Limits that the database counts are deleted in the night after. */
const terms = [
  ...[RETENTION_DAYS, CONSENT_DAYS, ALERT_DAYS].flatMap(Object.values<number>).map((n) => n * DAY),
  ...Object.values(LINK_MINUTES),
  (RETENTION_DAYS.requests + 1) * DAY,
  // With the backups.
  ...Object.values(LONGEST).map((days) => (days + RETENTION_DAYS.backup) * DAY),
]
const inTables = {
  fr: terms.map(minutesInFrench).map(readable),
  en: terms.map(minutesInEnglish).map(readable),
}

describe.each(LANGS)('in « %s »', (lang) => {
  const { hostLogs, rightsText } = messagesFor(lang).personalData

  test.each([
    ['place', NODE],
    ['directory', HUB],
  ])('the page of personal data of a %s gives no term but those of the tables', (_, site) => {
    const props = { site: { ...site, lang }, profile: aProfile(), legal: aLegalNotice() }
    for (const countsInDatabase of [true, false]) {
      const sources = someDataSources({ isDirectory: site.kind === 'hub' }, { countsInDatabase })
      const page = String(<PersonalDataPage {...props} sources={sources} />)
      // These parts state what others keep, and the time that the law gives for an answer.
      const text = page
        .replace(/<[^>]*>/g, ' ')
        .replace(hostLogs, '')
        .replace(rightsText, '')
      const found = listDurations(text.replace(/once a day/g, ''))
      expect(found.length).toBeGreaterThan(4)
      expect(found.filter((one) => !inTables[lang].includes(one))).toEqual([])
    }
  })

  /** Matches other durations, with the words around them. */
  const NO_TERM =
    /18 ans|one mail a (?:day|week)|coming two weeks|deux semaines qui viennent|un an après|quatre minutes|four minutes|une heure|an hour|one a day|once a day|a minute|question a year|depuis un an|for a year'|trois ans|three years|un an au plus|at most one year|un mois au plus|within one month|quarter of an hour/gi

  test.each([
    'accounts',
    'alerts',
    'facilitators/facilitators',
    'facilitators/mails',
    'facilitators/own',
    'legal',
    'networks',
    'referents/admin',
    'referents/referents',
    'safety',
    // These mails exist in French only.
    ...(lang === 'fr' ? ['referents/mails'] : []),
  ])('no sentence of « %s » says a term by itself', (noun) => {
    const file = new URL(`ui/locales/${lang}/${noun}.ts`, ROOT)
    const lines = readFileSync(file, 'utf8').split('\n')
    const said = lines.filter((line) => listDurations(line.replace(NO_TERM, '')).length > 0)
    expect(said.filter((line) => !/^\s*(?:\/\*\*|\*|\/\/)/.test(line))).toEqual([])
  })
})

test('the document about personal data gives no term but those of the tables', () => {
  const text = readFileSync(new URL('docs/personal-data.md', ROOT), 'utf8')
  const goes = text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => listDurations(line.split('|').at(-2) ?? ''))
  expect(goes.length).toBeGreaterThan(20)
  expect(goes.filter((one) => !inTables.en.includes(one))).toEqual([])
  // The tables of the document name each period of the purge and of the links.
  const unsaid = Object.entries(RETENTION_DAYS).filter(
    ([, days]) => !goes.includes(readable(minutesInEnglish(days * DAY))),
  )
  expect(unsaid).toEqual([])
})
