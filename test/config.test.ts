import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ConfigError, readConfig } from '../node/config.ts'

const messageOf = (env: Record<string, string>): string => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return ''
}

const WRONG: [name: string, values: string[]][] = [
  ['CAFE_IA_ROLE', ['annuaire', 'Hub', 'node,hub']],
  [
    'CAFE_IA_ORIGIN',
    [
      'die.fr',
      'http://die.fr',
      'https://die.fr/cafes',
      'https://die.fr?x',
      'https://a@die.fr',
      'https://die.fr.',
      'ftp://die.fr',
      'https://',
    ],
  ],
  ['CAFE_IA_HOST', ['http://127.0.0.1', '127.0.0.1 ::1', 'a/b']],
  ['CAFE_IA_PORT', ['0', '65536', '-1', '3000.5', 'http', '1e3', '0x50']],
  [
    'CAFE_IA_DATABASE',
    ['mysql://a/b', 'postgres://', 'postgres://a', 'postgres://a/b/c', 'postgresql:///b'],
  ],
  ['CAFE_IA_BACKUPS', ['weekly', '1']],
  ['CAFE_IA_BACKUP_COPY', ['copies', './copies', '~/copies']],
  ['CAFE_IA_BACKUP_PASSPHRASE', ['azerty', 'douze moins']],
  [
    'CAFE_IA_BACKUP_S3',
    [
      'seau',
      'https://s3.example',
      'https://s3.example/',
      'http://s3.example/seau',
      'https://moi@s3.example/seau',
      'https://s3.example/seau?x',
      'https://s3.example/seau/',
      'https://s3.example/seau',
    ],
  ],
  ['CAFE_IA_BACKUP_S3_KEY', ['clé']],
  ['CAFE_IA_BACKUP_S3_SECRET', ['secret']],
  ['CAFE_IA_BACKUP_S3_REGION', ['fr-par', 'Paris, France']],
  ['CAFE_IA_PROCESS', ['web', 'worker', 'tout']],
  [
    'CAFE_IA_HUB',
    ['annuaire', 'ftp://annuaire.example', 'https://me@annuaire.example', '@annuaire'],
  ],
  [
    'CAFE_IA_SMTP_URL',
    [
      'smtp://mail.example',
      'mail.example:587',
      'https://mail.example',
      'smtp://mail.example/x',
      'smtp://mail.example?pool=true',
      'smtp://user@mail.example',
      'smtp://user:%zz@mail.example',
      'smtp://',
    ],
  ],
  [
    'CAFE_IA_MAIL_FROM',
    [
      'cafes@die.example',
      'die.example',
      'Cafés <cafes@die.example>',
      'a@die.example, b@die.example',
    ],
  ],
  ['CAFE_IA_DKIM_SELECTOR', ['mail', 'a._domainkey.die.example.', '-', 'mail example']],
  [
    'CAFE_IA_TILES',
    [
      'tuiles.example/{z}/{x}/{y}.png',
      'http://tuiles.example/{z}/{x}/{y}.png',
      'https://tuiles.example/{z}/{x}.png',
      'https://moi@tuiles.example/{z}/{x}/{y}.png',
    ],
  ],
  ['CAFE_IA_TILES_CREDIT', ['© Tuiles']],
  ['CAFE_IA_TRUST_PROXY', ['caddy', '127.0.0.1;::1', '10.0.0.0/8']],
  ['CAFE_IA_ALLOW_LOOPBACK', ['oui', '2', 'https://die.example', 'http://127.0.0.1:1,die']],
  ['CAFE_IA_EGRESS_PROXY', ['proxy:3128', 'socks5://proxy:1080', 'proxy']],
  ['CAFE_IA_READ_PAGES', ['0', '-1', 'beaucoup', '1e6', '10000001', '2.5']],
  ['CAFE_IA_READ_ITEMS', ['0', '100k']],
  ['CAFE_IA_READ_MEGABYTES', ['0', '500M']],
  ['CAFE_IA_READ_SECONDS', ['0', '30 min']],
  ['CAFE_IA_CAFES_PER_DAY', ['0', 'tous']],
  ['CAFE_IA_CALENDAR_MINUTES', ['0', '14', '1441', 'heure']],
  ['CAFE_IA_REGISTRATION_DAYS', ['0', '6', '91', 'un mois']],
  ['CAFE_IA_LETTERS_PER_HOUR', ['0', '59', '1000001', 'toutes']],
  ['CAFE_IA_SERIES_DAYS', ['0', '13', '367', 'deux mois']],
  ['CAFE_IA_MOVEMENT', ['é'.repeat(41)]],
  ['CAFE_IA_MOVEMENT_LOGO', ['logo.png', './logo.png', '~/logo.png']],
  ['CAFE_IA_LOG', ['verbose', 'INFO', 'trace']],
  ...[
    'JOIN_REQUESTS',
    'PROPOSALS',
    'MESSAGES',
    'NETWORKS',
    'MEMBERSHIPS',
    'FOLLOWERS',
    'FOLLOWER_SERVERS',
    'INBOXES',
    'PEOPLE',
    'RESOURCES',
    'DELETIONS',
    'MEGABYTES',
  ].map((name): [string, string[]] => [
    `CAFE_IA_MAX_${name}`,
    ['0', '-1', '1.5', 'beaucoup', '1e9'],
  ]),
]

test.each(WRONG.flatMap(([name, values]) => values.map((value) => [name, value] as const)))(
  '%s=%s is refused in one sentence that names it',
  (name, value) => {
    const message = messageOf({ [name]: value })
    expect(message).toContain(name)
    expect(message).not.toContain('\n')
    expect(message.length).toBeLessThan(200)
  },
)

test('a data folder is any path, and every other setting of the documentation has a value that is refused', () => {
  const docs = readFileSync(new URL('../docs/settings.md', import.meta.url), 'utf8')
  const documented = new Set(
    [...docs.matchAll(/CAFE_IA_[A-Z\d_]*[A-Z\d]/g)]
      .map(([name]) => name)
      .filter((name) => name !== 'CAFE_IA_NOM'),
  )
  expect([...documented].sort()).toEqual([...WRONG.map(([name]) => name), 'CAFE_IA_DATA'].sort())
})

test('a refusal is said as the documentation says it', () => {
  const docs = readFileSync(new URL('../docs/settings.md', import.meta.url), 'utf8')
  const withoutValue = (sentence: string) => sentence.replace(/, et non « [^»]* »$/u, '')
  const said = new Set(
    WRONG.flatMap(([name, values]) =>
      values.map((value) => withoutValue(messageOf({ [name]: value }))),
    ),
  )
  // A comparison with the database is left out, since it needs the database.
  const documented = [...docs.matchAll(/`(CAFE_IA_[A-Z\d_]+ doit (?!comparer)[^`]+)`/g)].map(
    ([, sentence = '']) => withoutValue(sentence),
  )
  expect(documented.length).toBeGreaterThan(20)
  expect(documented.filter((sentence) => !said.has(sentence))).toEqual([])
})

test('a misspelt setting is refused, somebody else’s variables are not', () => {
  expect(messageOf({ CAFE_IA_ORIGINE: 'https://die.example' })).toContain('CAFE_IA_ORIGINE')
  expect(messageOf({ CAFE: 'x', PATH: '/bin', HOME: '/root' })).toBe('')
})

test('a setting left empty is one that is not set', () => {
  const names = [...WRONG.map(([name]) => name), 'CAFE_IA_DATA']
  const empty = Object.fromEntries(names.map((name) => [name, ' ']))
  expect(readConfig(empty)).toEqual(readConfig({}))
  expect(readConfig(empty).originChosen).toBe(false)
})

test('loopback is never allowed beside a public address', () => {
  const env = { CAFE_IA_ORIGIN: 'https://die.example', CAFE_IA_ALLOW_LOOPBACK: '1' }
  expect(messageOf(env)).toContain('CAFE_IA_ALLOW_LOOPBACK')
})

const MAIL_FROM = 'cafes@die.example'

test('mail needs a relay and an address to come from, and a refusal never shows the password', () => {
  expect(messageOf({ CAFE_IA_SMTP_URL: 'smtp://mail.example' })).toContain('CAFE_IA_MAIL_FROM')
  expect(messageOf({ CAFE_IA_MAIL_FROM: MAIL_FROM })).toContain('CAFE_IA_SMTP_URL')
  const wrong = {
    CAFE_IA_SMTP_URL: 'smtp://me:s3cr3t@mail.example/x',
    CAFE_IA_MAIL_FROM: MAIL_FROM,
  }
  expect(messageOf(wrong)).toContain('CAFE_IA_SMTP_URL')
  expect(messageOf(wrong)).not.toContain('s3cr3t')
})

test.each([
  ['smtp://mail.example', { host: 'mail.example', port: 587, secure: false, login: undefined }],
  ['smtp://[::1]:2525/', { host: '::1', port: 2525, secure: false, login: undefined }],
  [
    'smtps://cafes%40die.example:p%2Fw%40d@mail.example',
    {
      host: 'mail.example',
      port: 465,
      secure: true,
      login: { user: 'cafes@die.example', pass: 'p/w@d' },
    },
  ],
])('%s is a relay', (url, relay) => {
  const { mail } = readConfig({ CAFE_IA_SMTP_URL: url, CAFE_IA_MAIL_FROM: MAIL_FROM })
  expect(mail).toEqual({ ...relay, from: MAIL_FROM })
})

test('right values are read as they are meant', () => {
  const config = readConfig({
    CAFE_IA_ROLE: 'hub',
    CAFE_IA_ORIGIN: 'HTTPS://Annuaire.Example:443/',
    CAFE_IA_HOST: '::1',
    CAFE_IA_PORT: '65535',
    CAFE_IA_DATA: '/srv/cafes',
    CAFE_IA_HUB: 'https://france.example/?invitation=abcde-fghij',
    CAFE_IA_TRUST_PROXY: '127.0.0.1, ::1',
    CAFE_IA_EGRESS_PROXY: 'http://proxy.example:3128',
    CAFE_IA_READ_PAGES: '20000',
    CAFE_IA_READ_MEGABYTES: '2',
    CAFE_IA_LOG: 'error',
  })
  expect(config.reading).toEqual({
    pages: 20_000,
    items: 100_000,
    bytes: 2 * 1024 * 1024,
    seconds: 1_800,
    cafes: 10_000,
  })
  expect(config).toMatchObject({
    role: 'hub',
    origin: 'https://annuaire.example',
    originChosen: true,
    host: '::1',
    port: 65_535,
    database: '/srv/cafes/cafe-ia.sqlite',
    hub: { address: 'https://france.example', invitation: 'abcde-fghij' },
    allowLoopback: 'none',
    log: 'error',
  })
  expect([...config.trustProxy]).toEqual(['127.0.0.1', '::1'])
})

test('several processes share one PostgreSQL, and nothing else', () => {
  const env = {
    CAFE_IA_DATABASE: 'postgresql://cafes:secret@db.example:5433/cafes',
    CAFE_IA_ORIGIN: 'https://annuaire.example',
  }
  expect(readConfig(env)).toMatchObject({ database: env.CAFE_IA_DATABASE, process: 'all' })
  for (const kind of ['web', 'worker'])
    expect(readConfig({ ...env, CAFE_IA_PROCESS: kind }).process).toBe(kind)
  expect(messageOf({ CAFE_IA_ORIGIN: env.CAFE_IA_ORIGIN, CAFE_IA_PROCESS: 'web' })).toBe(
    'CAFE_IA_PROCESS=web demande PostgreSQL : donnez à CAFE_IA_DATABASE une adresse postgres://',
  )
  expect(messageOf({ CAFE_IA_DATABASE: env.CAFE_IA_DATABASE, CAFE_IA_PROCESS: 'worker' })).toBe(
    'CAFE_IA_ORIGIN est nécessaire avec CAFE_IA_PROCESS=worker',
  )
  const wrong = 'postgres://cafes:secret@db.example'
  expect(messageOf({ CAFE_IA_DATABASE: wrong })).not.toContain('secret')
})
