import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { init } from '../../node/commands/init.ts'
import { readConfig } from '../../node/config.ts'
import { LEGAL_MINIMUM } from '../../node/domain/structures/legal-notice.ts'
import { findFirstAdministrator } from '../../node/store/accounts/accounts.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { findSiteProfile } from '../../node/store/structures/profiles.ts'
import { findSettings } from '../../node/store/structures/site-settings.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { until } from '../support/network.ts'
import { runLoaded } from '../support/program.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-init-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const plain = stripVTControlCharacters

/** Simulates a person at a terminal, who answers each question once it is asked. */
function sitDown() {
  const input = new PassThrough()
  const output = new PassThrough()
  let seen = ''
  output.on('data', (words) => {
    seen += String(words)
  })
  const done = init(folder, { input, output })
  return {
    done,
    seen: () => plain(seen),
    answer: async (question: string, keys: string) => {
      await until(() => plain(seen).includes(question))
      for (const key of keys) input.write(key)
      input.write('\r')
    },
    press: async (question: string, keys: string) => {
      await until(() => plain(seen).includes(question))
      input.write(keys)
    },
  }
}

async function answerAll(
  person: ReturnType<typeof sitDown>,
  domain = 'cafes.canal.example',
  goesOn = '\r',
) {
  await person.answer('Le nom de domaine', domain)
  await person.answer('Le port', '')
  await person.answer('Le nom de votre structure', 'Le Canal')
  await person.answer('Votre adresse e-mail', 'camille@canal.example')
  await person.answer('L’annuaire à rejoindre', 'https://annuaire.example/?invitation=abc')
  await person.press('Continuer ici', goesOn)
}

const settings = async () =>
  Object.fromEntries(
    [...(await readFile(join(folder, '.env'), 'utf8')).matchAll(/^(\w+)="(.*)"$/gm)].map(
      ([, name, value]) => [name, value],
    ),
  )

describe('a new server, from a terminal', () => {
  test('has its settings, its name, its first account and a link to enter', async () => {
    const person = sitDown()
    await answerAll(person, 'https://Cafes.Canal.example/')
    expect(await person.done).toBe(0)

    const config = readConfig(await settings())
    expect(config).toMatchObject({
      origin: 'https://cafes.canal.example',
      port: 3000,
      data: join(folder, 'data'),
      hub: { address: 'https://annuaire.example', invitation: 'abc' },
    })
    expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600)
    expect(person.seen()).toMatch(
      /https:\/\/cafes\.canal\.example\/administration\/lien\/[\w-]{20,}/,
    )
    expect(person.seen()).toContain('reverse_proxy 127.0.0.1:3000')

    const db = await openDatabase(config.database)
    expect((await findSiteStructure(db))?.name).toBe('Le Canal')
    expect((await findFirstAdministrator(db))?.email).toBe('camille@canal.example')
    await db.destroy()
  })

  test('whoever goes on there also fills in the place, the law, the colour and a first café', async () => {
    const person = sitDown()
    await answerAll(person, 'cafes.canal.example', 'y')
    await person.answer('L’adresse du lieu', '5 quai du Port')
    await person.answer('Son code postal et sa commune', '35000 Rennes')
    await person.answer('que le public peut appeler', '02 99 00 00 00')
    await person.answer('la dénomination légale', '')
    await person.answer('Son siège', '5 quai du Port, 35000 Rennes')
    await person.answer('Le téléphone de qui publie', '02 99 00 00 00')
    await person.answer('La personne qui dirige', 'Camille Martin')
    await person.answer('L’hébergeur de la machine', 'Nous-mêmes')
    await person.answer('L’adresse de l’hébergeur', '5 quai du Port, 35000 Rennes')
    await person.answer('Le téléphone de l’hébergeur', '02 99 00 00 00')
    await person.answer('données personnelles', '')
    await person.answer('La couleur', '#fefefe')
    await person.answer('assez foncée', `${'\x7f'.repeat(7)}#123456`)
    await person.answer('Le titre du premier café', 'Premières questions')
    await person.answer('Sa date', '9/12/2036')
    await person.answer('Son heure', '18 h 30')
    expect(await person.done).toBe(0)

    const db = await openDatabase(readConfig(await settings()).database)
    const profile = await findSiteProfile(db)
    expect(profile).toMatchObject({
      name: 'Le Canal',
      phone: '02 99 00 00 00',
      address: { streetAddress: '5 quai du Port', commune: 'Rennes', codeInsee: '35238' },
    })
    const { legal, themeColour } = await findSettings(db)
    expect(LEGAL_MINIMUM.filter((field) => legal[field] === undefined)).toEqual([])
    expect(legal).toMatchObject({ legalName: 'Le Canal', dataContact: 'camille@canal.example' })
    expect(themeColour).toBe('#123456')
    const cafes = await db.selectFrom('cafe').selectAll().execute()
    expect(cafes).toMatchObject([
      {
        title: 'Premières questions',
        publication: 'draft',
        wall_starts_at: '2036-12-09T18:30:00',
        commune: 'Rennes',
      },
    ])
    await db.destroy()
  })

  test('is asked again until the domain name is valid', async () => {
    const person = sitDown()
    await person.answer('Le nom de domaine', 'mon site')
    await until(() => person.seen().includes('sans chemin'))
    await person.press('sans chemin', '\x03')
    expect(await person.done).toBe(1)
  })

  test('takes a directory as its setting does, by its name alone too', async () => {
    const person = sitDown()
    await person.answer('Le nom de domaine', 'cafes.canal.example')
    await person.answer('Le port', '')
    await person.answer('Le nom de votre structure', 'Le Canal')
    await person.answer('Votre adresse e-mail', 'camille@canal.example')
    await person.answer('L’annuaire à rejoindre', 'annuaire.example')
    await person.press('Continuer ici', '\r')
    expect(await person.done).toBe(0)
    expect(readConfig(await settings()).hub?.address).toBe('https://annuaire.example')
  })

  test.each([
    ['Ctrl + C', '\x03'],
    ['Ctrl + D', '\x04'],
  ])('writes nothing when one leaves in the middle by %s', async (_, key) => {
    const person = sitDown()
    await person.answer('Le nom de domaine', 'cafes.canal.example')
    await person.answer('Le port', '')
    await person.press('Le nom de votre structure', key)
    expect(await person.done).toBe(1)
    expect(person.seen()).toContain('Rien n’a été changé.')
    await expect(stat(join(folder, '.env'))).rejects.toThrow('ENOENT')
    await expect(stat(join(folder, 'data'))).rejects.toThrow('ENOENT')
  })

  test('keeps the settings that are there, unless told to replace them', async () => {
    await writeFile(join(folder, '.env'), 'CAFE_IA_ORIGIN=https://ancien.example\n')
    const cautious = sitDown()
    await cautious.answer('Le remplacer ?', '')
    expect(await cautious.done).toBe(1)
    expect(await readFile(join(folder, '.env'), 'utf8')).toContain('ancien.example')

    const bold = sitDown()
    await bold.answer('Le remplacer ?', 'y')
    await answerAll(bold)
    expect(await bold.done).toBe(0)
    expect((await settings()).CAFE_IA_ORIGIN).toBe('https://cafes.canal.example')
  })
})

describe('without a terminal', () => {
  const initWith = (args: string[], given: Record<string, string> = {}) =>
    runLoaded(['init', ...args], given, folder)
  const site = ['--domain', 'cafes.canal.example', '--name', 'Le Canal']
  const known = [...site, '--email', 'camille@canal.example']

  test('it says in one sentence what is missing or wrong, writes nothing, and ends with 2', async () => {
    for (const [args, words] of [
      [
        [],
        'il manque --domain (Nom de domaine du site), --name (Nom de la structure), --email (Adresse e-mail de qui administre) : voyez',
      ],
      [site, 'il manque --email (Adresse e-mail de qui administre) : voyez'],
      [[...known, '--cafe-title', 'Un café'], 'il manque --cafe-date (Sa date), --cafe-time'],
      [[...known, '--port', 'http'], '--port : Donnez un nombre de 1 à 65535.'],
      [[...known, '--postal-code', '99999 Nulle part'], '--postal-code : Donnez un code'],
    ] as const) {
      const ran = await initWith([...args])
      expect(ran).toMatchObject({ code: 2, stdout: '' })
      expect(ran.stderr).toContain(`cafe-ia: ${words}`)
      expect(ran.stderr.trim().split('\n')).toHaveLength(1)
    }
    expect(await readdir(folder)).toEqual([])
  })

  test('options and settings of the environment answer, and a second time changes nothing', async () => {
    const given = { ORIGIN: 'https://cafes.canal.example', HUB: 'annuaire.example' }
    const args = ['--yes', ...known.slice(2), '--postal-code', '35000 Rennes']
    // The data cannot be made here at first: it is no folder.
    await writeFile(join(folder, 'data'), '')
    expect((await initWith(args, given)).code).not.toBe(0)
    await rm(join(folder, 'data'))
    const { code, stdout, stderr } = await initWith(args, given)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^https:\/\/cafes\.canal\.example\/administration\/lien\/[\w-]{20,}\n$/)
    const config = readConfig(await settings())
    expect(config).toMatchObject({
      origin: 'https://cafes.canal.example',
      port: 3000,
      hub: { address: 'https://annuaire.example' },
    })
    const db = await openDatabase(config.database)
    expect((await findFirstAdministrator(db))?.email).toBe('camille@canal.example')
    expect((await findSiteProfile(db))?.address?.commune).toBe('Rennes')
    // Nobody has declared who publishes.
    expect((await findSettings(db)).legal.legalName).toBeUndefined()
    await db.destroy()

    const before = await readFile(join(folder, '.env'), 'utf8')
    const again = await initWith([...known, '--port', '4000'])
    expect(again).toMatchObject({ code: 1, stdout: '' })
    expect(again.stderr).toContain('un fichier .env existe déjà')
    expect(await readFile(join(folder, '.env'), 'utf8')).toBe(before)
  })
})
