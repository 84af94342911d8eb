import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../../node/config.ts'
import { NO_LEGAL_NOTICE } from '../../../node/domain/structures/legal-notice.ts'
import { findDataSources } from '../../../node/routes/site/data-sources.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { saveSettings } from '../../../node/store/structures/site-settings.ts'
import { PersonalDataPage } from '../../../ui/site/personal-data-page.tsx'
import { openTestDatabase } from '../../support/database.ts'
import { joinTestDirectory } from '../../support/facilitator-profiles.ts'
import { readable } from '../../support/readable.ts'
import { aProfile, HUB, NODE } from '../../ui/gallery/sample.ts'

/** What the page says of the site follows from its settings: each that could make a sentence false is turned here. */

let db: OpenDatabase
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterAll(() => close())

const now = () => Temporal.Instant.from('2026-11-25T09:00:00Z')

/** Returns the words of the page of a site with these settings of its operator. */
async function pageWith(env: Record<string, string> = {}): Promise<string> {
  const prefixed = Object.entries(env).map(([name, value]) => [`CAFE_IA_${name}`, value])
  const config = readConfig({
    CAFE_IA_ORIGIN: 'https://lieu.example',
    ...Object.fromEntries(prefixed),
  })
  const isDirectory = config.role === 'hub'
  const sources = await findDataSources({ db, config, isDirectory })
  const site = isDirectory ? HUB : NODE
  const { legal } = sources
  return readable(String(PersonalDataPage({ site, profile: aProfile(), legal, sources })))
}

const S3 = {
  BACKUP_S3: 'https://s3.example/seau',
  BACKUP_S3_KEY: 'cle',
  BACKUP_S3_SECRET: 'secret',
  BACKUP_PASSPHRASE: 'quatre mots sans rapport aucun',
}
const MAIL = { SMTP_URL: 'smtps://relais.example', MAIL_FROM: 'cafes@lieu.example' }

type Turned = { env: Record<string, string>; says: string; before?: string }

/** The settings that change a sentence, with the sentence, and the one that would be false. */
const TURNED: Record<string, Turned> = {
  SMTP_URL: { env: MAIL, says: 'relais.example les remet', before: 'aucun ne part de ce site' },
  BACKUPS: {
    env: { BACKUPS: 'off' },
    says: 'Ce site ne fait pas de sauvegarde lui-même',
    before: 'Sauvegardes comprises : 58 jours au plus',
  },
  REGISTRATION_DAYS: {
    env: { REGISTRATION_DAYS: '45' },
    says: 'le reste : 45 jours après le café',
    before: 'le reste : 30 jours après le café',
  },
  BACKUP_S3: { env: S3, says: 's3.example en garde une copie chiffrée' },
  BACKUP_COPY: { env: { BACKUP_COPY: '/copies' }, says: 'une copie est gardée ailleurs' },
  BACKUP_PASSPHRASE: {
    env: { BACKUP_COPY: '/copies', BACKUP_PASSPHRASE: S3.BACKUP_PASSPHRASE },
    says: 'une copie chiffrée est gardée ailleurs',
    before: 'une copie est gardée ailleurs',
  },
  DATABASE: {
    env: { DATABASE: 'postgres://cafes@base.example/cafes' },
    says: 'sur une autre machine, base.example',
  },
  EGRESS_PROXY: { env: { EGRESS_PROXY: 'http://sortie.example:3128' }, says: 'sortie.example' },
  TILES: {
    env: { ROLE: 'hub', TILES: 'https://tuiles.example/{z}/{x}/{y}.png' },
    says: 'tuiles.example, qui reçoit donc votre adresse IP',
    before: 'Aucune page ne charge quoi que ce soit',
  },
  ROLE: { env: { ROLE: 'hub' }, says: 'Référentes et référents des territoires' },
}

/** The settings that change no sentence of the page, and why. */
const UNTURNED: Record<string, readonly string[]> = {
  'an address or a folder of the site itself': ['ORIGIN', 'HOST', 'PORT', 'DATA'],
  'the directory is named once it is joined': ['HUB'],
  'goes with a setting that is turned': [
    ...['MAIL_FROM', 'DKIM_SELECTOR', 'TILES_CREDIT'],
    ...['BACKUP_S3_KEY', 'BACKUP_S3_SECRET', 'BACKUP_S3_REGION'],
  ],
  'demands a database that is turned': ['PROCESS'],
  'whose word counts about an IP address, which is kept nowhere either way': ['TRUST_PROXY'],
  'no line of the log names anybody, at any level': ['LOG'],
  'for trials alone': ['ALLOW_LOOPBACK'],
  'how far ahead dates are announced': ['SERIES_DAYS'],
  'how fast a letter leaves': ['LETTERS_PER_HOUR'],
  'what stands at the top of a poster': ['MOVEMENT', 'MOVEMENT_LOGO'],
  'how much is read of others, and how often': [
    ...['READ_PAGES', 'READ_ITEMS', 'READ_MEGABYTES', 'READ_SECONDS', 'CAFES_PER_DAY'],
    'CALENDAR_MINUTES',
  ],
}

test('of each setting it is known whether it could make a sentence false', () => {
  const docs = readFileSync(new URL('../../../docs/settings.md', import.meta.url), 'utf8')
  const names = new Set([...docs.matchAll(/CAFE_IA_([A-Z\d_]*[A-Z\d])/g)].map(([, name]) => name))
  const known = [...Object.keys(TURNED), ...Object.values(UNTURNED).flat()]
  const isShare = (name = '') => name.startsWith('MAX_') || name === 'NOM'
  expect([...names].filter((name = '') => !isShare(name) && !known.includes(name))).toEqual([])
  expect(known.filter((name) => !names.has(name))).toEqual([])
})

test.each(Object.entries(TURNED))('CAFE_IA_%s is in the page', async (_, turned) => {
  const { env, says, before } = turned
  const { BACKUP_PASSPHRASE: _passphrase, ...less } = env
  const without = await pageWith('BACKUP_COPY' in less && before ? less : pick(env, 'ROLE', before))
  const page = await pageWith(env)
  expect(page).toContain(says)
  expect(without).not.toContain(says)
  if (before === undefined) return
  expect(without).toContain(before)
  expect(page).not.toContain(before)
})

/** Returns the settings beside the one that is turned: a map that can be moved is a directory’s. */
const pick = (env: Record<string, string>, name: string, before: string | undefined) =>
  before !== undefined && env[name] ? { [name]: env[name] } : {}

test('the answers of the team and the directories that were joined are in the page', async () => {
  const before = await pageWith()
  expect(before).toContain('Intérêt légitime : faire fonctionner le site')
  expect(before).toContain('Ce site n’a rejoint aucun annuaire')
  const legal = {
    ...NO_LEGAL_NOTICE,
    ...({ legalBasis: 'task', hostName: 'Hébergeur du Nord', dataContactIsDpo: true } as const),
  }
  await saveSettings(db, { legal, themeColour: undefined, sourceUrl: undefined }, now())
  await joinTestDirectory({ db, now, config: readConfig({}) }, 'annuaire.example')
  const page = await pageWith()
  expect(page).toContain('Mission d’intérêt public : faire fonctionner le site')
  expect(page).not.toContain('Intérêt légitime')
  expect(page).toContain('Hébergement : Hébergeur du Nord')
  expect(page).toContain('Délégué à la protection des données')
  expect(page).toContain('Annuaires que ce site a rejoints : annuaire.example')
  // What a person agreed to stays their consent, whoever publishes.
  expect(page).toContain('L’accord de la personne, élément par élément')
})
