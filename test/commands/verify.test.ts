import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPosterAddress } from '../../node/store/queues/poster-addresses.ts'
import { type Site, startPair, until } from '../support/network.ts'
import { type Folder, openFolder } from '../support/program.ts'
import { forge, signMandates } from '../support/referents.ts'

let hub: Site
let node: Site
let folder: Folder
let dump: string
let registry: string
let poster: string
let mandates: Awaited<ReturnType<typeof signMandates>>
let forged: Awaited<ReturnType<typeof forge>>

/** The files are downloaded from the directory; then all servers are stopped. */
beforeAll(async () => {
  ;({ hub, node } = await startPair())
  const first = await node.publish()
  await node.publish({ title: 'Café IA : l’été des robots' })
  await until(async () => (await hub.titles()).length === 2, { within: 15_000, what: 'two cafés' })
  mandates = await signMandates(hub)
  const read = async (path: string) => (await fetch(hub.origin + path)).text()
  folder = await openFolder()
  dump = join(folder.folder, 'cafes.ndjson')
  registry = join(folder.folder, 'registry.json')
  await writeFile(dump, await read('/export/cafes.ndjson'))
  const text = await read('/registry.json')
  await writeFile(registry, text)
  forged = await forge(node, { mandate: mandates.valid, registry: text })
  poster = (await findPosterAddress(node.context.db, first)) ?? ''
}, 60_000)
afterAll(async () => {
  await node?.close()
  await hub?.close()
  await folder?.close()
})

const NOTHING = {}
const sentence = (stderr: string) => stderr.trim().split('\n').at(-1)

test('what the directory gives out is found authentic against its registry, with nothing else at hand', async () => {
  const ran = await folder.run(['verify', dump, '--registry', registry, '--offline'], NOTHING)
  expect(ran.code).toBe(0)
  expect(ran.stdout).toContain(`(${node.host})\u00a0: 2`)
  expect(ran.stdout).toMatch(/Les 2 documents sont conformes à ce registre, que rien/u)
  const { host } = new URL(hub.origin)
  expect(ran.stdout).toMatch(RegExp(`Comparé au registre de ${host}, signé le \\S+ \\d`, 'u'))
})

test('offline, nothing is authentic before the key of the directory is known from elsewhere', async () => {
  const file = join(folder.folder, 'alone.json')
  await writeFile(file, mandates.valid)
  const against = ['--registry', registry, '--offline']
  const alone = await folder.run(['verify', file, ...against], NOTHING)
  expect(alone.code).toBe(0)
  expect(alone.stdout).not.toMatch(/authentique/iu)
  expect(alone.stdout).toMatch(/^Conforme à ce registre · mandat/u)
  expect(alone.stderr).toMatch(
    RegExp(`^Rien hors du registre .* ne dit qu’il vient de ${new URL(hub.origin).host}`, 'u'),
  )
  // The key is printed, to be compared with what somebody noted.
  const [, key = ''] = /Sa clé\s: (z6Mk\w+)/u.exec(alone.stdout) ?? []
  const known = await folder.run(['verify', file, ...against, '--key', key], NOTHING)
  expect(known).toMatchObject({ code: 0, stderr: '' })
  expect(known.stdout).toMatch(/^Authentique · mandat/u)

  const resigned = join(folder.folder, 'resigned-alone.json')
  await writeFile(resigned, forged.registries.resigned)
  const other = ['--registry', resigned, '--offline', '--key', key]
  const refused = await folder.run(['verify', file, ...other], NOTHING)
  expect(refused).toMatchObject({ code: 1, stdout: '' })
  expect(refused.stderr).toMatch(/n’est pas signé avec cette clé, mais avec z6Mk/u)
})

test('one byte of it changed, and it is refused, by the line', async () => {
  const text = await readFile(dump, 'utf8')
  const altered = join(folder.folder, 'altered.ndjson')
  await writeFile(altered, text.replace('robots', 'robotz'))
  const ran = await folder.run(['verify', altered, '--registry', registry, '--offline'], NOTHING)
  expect(ran.code).toBe(1)
  expect(ran.stdout).toMatch(/Modifié après la signature · café «.Café IA.: l’été des robotz.»/)
  expect(sentence(ran.stderr)).toMatch(/^cafe-ia: Documents auxquels ne pas se fier.: 1 sur 2/)
})

test('what a document says stays within its line, and moves no cursor', async () => {
  const file = join(folder.folder, 'escaping.json')
  const name = 'Café\nAuthentique · café\u001b[1A\u001b[2K\rAuthentique · mandat'
  await writeFile(file, JSON.stringify({ id: 'https://x.example/cafes/1', type: 'Event', name }))
  const ran = await folder.run(['verify', file, '--registry', registry, '--offline'], NOTHING)
  expect(ran.code).toBe(1)
  const [line = '', ...others] = ran.stdout.trim().split('\n')
  expect(line).toMatch(/^Sans signature · café «.Café Authentique/u)
  expect(others.join('\n')).not.toContain('Authentique')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be printed
  expect(ran.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
})

test('without a registry, the sites themselves are asked, unless that is not wanted', async () => {
  const asked = await folder.run(['verify', dump], NOTHING)
  expect(asked.code).toBe(0)
  expect(asked.stderr).toContain('demandées aux sites')
  const offline = await folder.run(['verify', dump, '--offline'], NOTHING)
  expect(offline.code).toBe(1)
  expect(offline.stdout).toContain('Signé par une clé inconnue du registre')
})

test('the code of a poster says whose it is and when', async () => {
  const ran = await folder.run(['verify', poster, '--registry', registry, '--offline'], NOTHING)
  expect(ran.code).toBe(0)
  expect(ran.stdout).toMatch(/Conforme à ce registre · affiche .*, Die · Publié par Lieu/)
  const code = await fetch(`${poster.split('#')[0]}/code-signe.svg`)
  expect([code.status, code.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
})

test.each<[keyof typeof mandates, number, RegExp]>([
  [
    'valid',
    0,
    /^Conforme à ce registre · mandat «.Claire Morin, référente .*Ille-et-Vilaine.*Publié par Ann/u,
  ],
  [
    'ofPaul',
    0,
    /^Conforme à ce registre · mandat «.Paul Le Goff, référent .*Finistère.* signé le /u,
  ],
  ['altered', 1, /^Modifié après la signature · mandat .* · Se dit publié par Annuaire/u],
  ['replayed', 1, /^Modifié après la signature · mandat «.Claire Morin/u],
  [
    'expired',
    1,
    /^Conforme à ce registre, mais arrivé à son terme · mandat .*Martinique.*, jusqu’au /u,
  ],
  ['toCome', 1, /^Conforme à ce registre, mais pas encore commencé · mandat .*Morbihan/u],
  ['revoked', 1, /^Retiré par l’annuaire · mandat .*Paul Le Goff.* · Publié par Annuaire/u],
])('a mandate that is %s', async (state, code, said) => {
  const file = join(folder.folder, 'mandat.json')
  await writeFile(file, String(mandates[state]))
  const ran = await folder.run(['verify', file, '--registry', registry, '--offline'], NOTHING)
  expect([ran.code, ran.stdout]).toEqual([code, expect.stringMatching(said)])
  if (code === 1) expect(sentence(ran.stderr)).toMatch(/Ne vous fiez pas à ce document/u)
})

test('forged mandates are refused by name, whether or not their sites can be asked', async () => {
  const file = join(folder.folder, 'forged.ndjson')
  await writeFile(file, [forged.byMember, forged.asDirectory, forged.ofOther].join('\n'))
  for (const more of [['--offline'], []]) {
    const ran = await folder.run(['verify', file, '--registry', registry, ...more], NOTHING)
    expect(ran.stdout.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(
        /^Ne vient pas de l’annuaire de ce registre · mandat .*Signé par Lieu/u,
      ),
      expect.stringMatching(
        /^Signé par quelqu’un d’autre que son auteur · mandat .*Signé par Lieu/u,
      ),
      expect.stringMatching(/^Ne vient pas de l’annuaire de ce registre · mandat /u),
    ])
    expect(sentence(ran.stderr)).toMatch(/ne pas se fier.: 3 sur 3/u)
  }
})

test('the registry of a member, or of one that calls itself a directory, makes no mandate authentic', async () => {
  const file = join(folder.folder, 'of-member.json')
  await writeFile(file, forged.ofOther)
  const itsOwn = `${node.origin}/registry.json`
  const place = await folder.run(['verify', file, '--registry', itsOwn], NOTHING)
  expect(place.code).toBe(1)
  expect(place.stdout).toMatch(/^Ne se vérifie qu’avec le registre de son annuaire · mandat/u)
  const claimed = join(folder.folder, 'claimed.json')
  await writeFile(claimed, forged.registries.claimed)
  const liar = await folder.run(['verify', file, '--registry', claimed], NOTHING)
  expect(liar.stdout).toMatch(/^Conforme à ce registre · mandat/u)
  expect(liar.stdout).not.toMatch(/authentique/iu)
  expect(liar.stderr).toMatch(/rien d’autre ne dit que \S+ est un annuaire/u)
  // Of the true directory it is the same, until its reader has the key from elsewhere.
  const own = join(folder.folder, 'true.json')
  await writeFile(own, mandates.valid)
  const online = await folder.run(['verify', own, '--registry', registry], NOTHING)
  expect(online.stdout).not.toMatch(/authentique/iu)
})

test('without a registry no mandate is verified, whatever its own site says of itself', async () => {
  const file = join(folder.folder, 'alone.ndjson')
  await writeFile(file, [mandates.valid, forged.byMember, forged.ofOther].join('\n'))
  const ran = await folder.run(['verify', file], NOTHING)
  expect(ran.code).toBe(1)
  expect(
    ran.stdout.match(/^Ne se vérifie qu’avec le registre de son annuaire · mandat/gmu),
  ).toHaveLength(3)
})

test('the code of a poster with another town is refused', async () => {
  const address = poster.replace(/;[^;]+;z/u, ';Nice;z')
  const ran = await folder.run(['verify', address, '--registry', registry, '--offline'], NOTHING)
  expect(ran.code).toBe(1)
  expect(ran.stdout).toMatch(/^Modifié après la signature · affiche .*Nice/u)
})

describe('the registry', () => {
  test('is a signed document, which its own keys find authentic', async () => {
    const ran = await folder.run(['verify', registry, '--registry', registry, '--offline'], NOTHING)
    expect(ran.code).toBe(0)
    expect(ran.stdout).toMatch(/Conforme à ce registre · registre «.Registre des clés.: Annuaire.»/)
  })

  test('that was altered is compared with nothing', async () => {
    const file = join(folder.folder, 'emptied.json')
    await writeFile(file, forged.registries.emptied)
    const revoked = join(folder.folder, 'revoked.json')
    await writeFile(revoked, mandates.revoked)
    const ran = await folder.run(['verify', revoked, '--registry', file, '--offline'], NOTHING)
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(sentence(ran.stderr)).toMatch(/Ce registre a été altéré.: sa signature ne va plus/u)
  })

  test('that was signed anew by somebody else is refused by what its directory lists', async () => {
    const file = join(folder.folder, 'resigned.json')
    await writeFile(file, forged.registries.resigned)
    const ran = await folder.run(['verify', dump, '--registry', file], NOTHING)
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(sentence(ran.stderr)).toMatch(/n’est pas signé par une clé que l’annuaire donne/u)
    const whole = await folder.run(['verify', dump, '--registry', registry], NOTHING)
    expect(whole).toMatchObject({ code: 0, stderr: '' })
  })

  test('names the place whose keys it holds, and no private one', async () => {
    const text = await readFile(registry, 'utf8')
    const { items } = JSON.parse(text) as { items: { controller: string; name: string }[] }
    expect(items.map(({ controller }) => controller)).toContain(`${node.origin}/actors/cafes`)
    expect(text).not.toContain('PRIVATE')
  })
})

describe('what cannot be verified is said in one sentence', () => {
  test.each([
    ['a file that is not there', ['nowhere.ndjson'], /nowhere\.ndjson ne peut pas être lu/],
    ['an empty file', ['empty.json'], /empty\.json ne contient aucun document/],
    [
      'a registry that is none',
      ['empty.json', '--registry', 'empty.json'],
      /--registry : empty\.json n’est pas un registre/,
    ],
  ])('%s', async (_, args, words) => {
    await writeFile(join(folder.folder, 'empty.json'), '')
    const ran = await folder.run(['verify', ...args], NOTHING)
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toMatch(words)
    expect(ran.stderr.trim().split('\n')).toHaveLength(1)
  })
})
