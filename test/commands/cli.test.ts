import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAccount, replacePasswordOf } from '../../node/commands/account.ts'
import { readConfig } from '../../node/config.ts'
import {
  createSessionByPassword,
  findAccountByPassword,
} from '../../node/store/accounts/accounts.ts'
import { openTestDatabase } from '../support/database.ts'
import { eventually, type Folder, openFolder, type Ran } from '../support/program.ts'

let folder: Folder
beforeEach(async () => {
  folder = await openFolder()
})
afterEach(() => folder.close())

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string }

/** Expects that the command failed with this code, and printed one sentence on stderr and nothing else. */
function expectSentence(ran: Ran, code: number, words: string): void {
  expect(ran).toMatchObject({ code, stdout: '' })
  expect(ran.stderr).toContain(words)
  expect(ran.stderr.trim().split('\n')).toHaveLength(1)
}

function rows<T = Record<string, unknown>>(sql: string): T[] {
  const database = new SQLite(join(folder.folder, 'data', 'cafe-ia.sqlite'), { readonly: true })
  try {
    return database.prepare(sql).all() as T[]
  } finally {
    database.close()
  }
}

describe('help', () => {
  test('names every command, without colours where nobody looks', async () => {
    for (const args of [[], ['--help'], ['-h']]) {
      const { code, stdout, stderr } = await folder.run(args)
      expect([args, code, stderr]).toEqual([args, 0, ''])
      for (const command of [
        'start',
        'demo',
        'import',
        'sign-in-link',
        'account',
        'token',
        'follow',
      ])
        expect(stdout).toContain(command)
      expect(stdout).not.toContain('\u001b')
    }
  })

  test('of one command says what it takes and does not run it', async () => {
    for (const [args, words] of [
      [['import', '--help'], 'cafe-ia import [OPTIONS] <SOURCE>'],
      [['restore', '--help'], 'cafe-ia restore [OPTIONS] <FICHIER>'],
      [['unfollow', '--help'], 'cafe-ia unfollow <ADRESSE>'],
      [['token', 'create', '-h'], 'cafe-ia token create'],
      [['token', '--help'], 'cafe-ia token create'],
      [['purge', '--help'], 'cafe-ia purge'],
    ] as const) {
      const { code, stdout } = await folder.run([...args])
      expect([args, code]).toEqual([args, 0])
      expect(stdout).toContain(words)
    }
    expect(await readdir(folder.folder)).toEqual([])
  })

  test('the version is that of the package', async () => {
    for (const args of [['--version'], ['-v']])
      expect(await folder.run(args)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })
})

describe('what is not a command', () => {
  test.each([
    [['demenager'], '« demenager » n’est pas une commande'],
    [['constructor'], '« constructor » n’est pas une commande'],
    [['token'], '« token » n’est pas une commande'],
    [['token', 'delete'], '« token delete » n’est pas une commande'],
    [['--what'], '« --what » n’est pas une commande'],
    [['purge', 'everything'], '« everything » est un mot de trop'],
    [['unfollow'], 'il manque un mot'],
    [['follow', '@a@b.example', '--joint'], '« --joint » n’est pas une option'],
    [['demo', '--port'], '« --port » attend une valeur'],
    [['demo', '--json=1'], '« --json » ne prend pas de valeur'],
  ])('%s ends with 2 and a sentence that says where to look', async (args, words) => {
    const ran = await folder.run(args)
    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(ran.stderr).toContain(words)
    expect(ran.stderr.trim().split('\n')).toHaveLength(1)
    expect(await readdir(folder.folder)).toEqual([])
  })
})

describe('settings', () => {
  test('a wrong one stops every command with the same sentence', async () => {
    const settings = { ...folder.settings, PORT: '99999' }
    // systemd does not start it again after 78.
    expectSentence(await folder.run(['start'], settings), 78, 'CAFE_IA_PORT')
    for (const args of [['purge'], ['sign-in-link'], ['token', 'create']])
      expectSentence(await folder.run(args, settings), 1, 'CAFE_IA_PORT')
  })

  test('a data folder that cannot be made, or a file that is no database, is said', async () => {
    await writeFile(join(folder.folder, 'file'), 'not a folder')
    const inFile = { ...folder.settings, DATA: join(folder.folder, 'file', 'data') }
    expectSentence(await folder.run(['purge'], inFile), 1, 'CAFE_IA_DATA')
    await mkdir(join(folder.folder, 'data'))
    await writeFile(
      join(folder.folder, 'data', 'cafe-ia.sqlite'),
      'this is not a database, is it?'.repeat(200),
    )
    expectSentence(await folder.run(['start']), 1, 'CAFE_IA_DATA : la base')
    const elsewhere = { ...folder.settings, DATABASE: join(folder.folder, 'file') }
    expectSentence(await folder.run(['start'], elsewhere), 1, 'CAFE_IA_DATABASE : la base')
    const beneath = { ...folder.settings, DATABASE: join(folder.folder, 'file', 'base.sqlite') }
    expectSentence(await folder.run(['start'], beneath), 78, 'CAFE_IA_DATABASE : le dossier')
  })

  test('a command in the wrong folder, without settings, says so and makes nothing there', async () => {
    for (const args of [['sign-in-link'], ['token', 'create'], ['keys'], ['held'], ['purge']])
      expectSentence(await folder.run(args, {}), 1, 'CAFE_IA_ORIGIN')
    expect((await folder.run(['sign-in-link'], {})).stderr).toContain('dossier où est votre')
    expect(await readdir(folder.folder)).toEqual([])
  })

  test('a .env file is read, and the environment overrides it', async () => {
    const { ORIGIN, PORT, DATA } = folder.settings
    await writeFile(
      join(folder.folder, '.env'),
      `CAFE_IA_ORIGIN=https://written.example\nCAFE_IA_DATA=${DATA}\nCAFE_IA_HUB=\n`,
    )
    const written = await folder.run(['sign-in-link'], {})
    expect(written.stdout).toMatch(/^https:\/\/written\.example\//)
    expectSentence(
      await folder.run(['sign-in-link'], { ORIGIN: ORIGIN ?? '', PORT: PORT ?? '' }),
      1,
      'https://written.example',
    )
  })

  test('a .env file that Notepad wrote is read from its first name on', async () => {
    const { DATA } = folder.settings
    await writeFile(
      join(folder.folder, '.env'),
      `\uFEFFCAFE_IA_ORIGIN=https://written.example\r\nCAFE_IA_DATA=${DATA}\r\n`,
    )
    const { stdout } = await folder.run(['sign-in-link'], {})
    expect(stdout).toMatch(/^https:\/\/written\.example\//)
  })

  test('a .env that cannot be read stops every command with a sentence', async () => {
    await mkdir(join(folder.folder, '.env'))
    for (const args of [['start'], ['purge'], ['--help']])
      expectSentence(await folder.run(args), 1, join(folder.folder, '.env'))
  })
})

test('where the disk is full, a command says so in one sentence', async ({ skip }) => {
  const small = join(folder.folder, 'small')
  await mkdir(small)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=9m', 'tmpfs', small]).status !== 0)
    return skip('needs the right to mount a file system')
  try {
    const settings = { ...folder.settings, DATA: small }
    expect((await folder.run(['purge'], settings)).code).toBe(0)
    const fill = () => spawnSync('dd', ['if=/dev/zero', `of=${join(small, 'filling')}`, 'bs=1k'])
    fill()
    expectSentence(await folder.run(['purge'], settings), 1, 'e disque est plein')
    await rm(join(small, 'filling'))
    const server = await folder.start(settings)
    fill()
    for (const args of [['sign-in-link'], ['token', 'create'], ['rebuild']])
      expectSentence(await folder.run(args, settings), 1, 'e disque est plein')
    await server.ended('SIGTERM')
  } finally {
    spawnSync('umount', [small])
  }
})

describe('a sign-in link', () => {
  test('opens the administration once', async () => {
    const server = await folder.start()
    // The output is a pipe, which may be a log, so the server prints no link.
    await server.says('bin/cafe-ia sign-in-link donne un lien.')
    const link = (await folder.run(['sign-in-link'])).stdout.trim()
    expect(link.startsWith(`${folder.origin}/administration/lien/`)).toBe(true)
    const page = await fetch(link)
    expect(page.status).toBe(200)
    const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())?.[1]
    const post = () =>
      fetch(link, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          origin: folder.origin,
          'content-type': 'application/x-www-form-urlencoded',
          cookie: (page.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '',
        },
        body: new URLSearchParams(csrf ? { csrf } : {}),
      })
    const first = await post()
    expect(first.status).toBe(303)
    expect(first.headers.getSetCookie().join()).toContain(`cafe-ia-${folder.port}=`)
    expect((await post()).headers.getSetCookie().join()).not.toContain(`cafe-ia-${folder.port}=`)
  })

  test('is refused before the public address is chosen, since it would lead nowhere', async () => {
    const { DATA = '' } = folder.settings
    expectSentence(await folder.run(['sign-in-link'], { DATA }), 1, 'CAFE_IA_ORIGIN')
  })
})

test('a token lets a program write, and only its holder reads it', async () => {
  const token = (await folder.run(['token', 'create', 'agenda de la ville'])).stdout.trim()
  expect(rows<{ label: string }>('select label from api_token')).toEqual([
    { label: 'agenda de la ville' },
  ])
  expect(JSON.stringify(rows('select * from api_token'))).not.toContain(token)
  await folder.start()
  const post = (bearer: string) =>
    fetch(`${folder.origin}/api/v1/cafes?dryRun=1`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        title: 'Café IA',
        startsAt: '2099-05-05T18:30',
        venue: { name: 'Salle', commune: 'Die' },
      }),
    })
  expect((await post(token)).status).toBeLessThan(300)
  expect((await post(`${token}x`)).status).toBe(401)
})

describe('accounts', () => {
  const account = (...args: string[]) => folder.run(['account', ...args])
  const acts = () => rows("select who, act, about from act where log = 'access' order by at, id")

  test('are made, listed, given a password and removed, and the journal says so', async () => {
    const first = await account('create', 'A@lieu.example', '--role', 'administrator')
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(/^http\S+\/administration\/lien\/\S+\n$/)
    expect((await account('create', 'b@lieu.example', '--name', 'Bé Martin')).code).toBe(0)
    const given = await account('password', 'b@lieu.example')
    expect(given.stdout).toMatch(/^\w{5}-\w{5}-\w{5}\n$/)
    expect((await account('list')).stdout).toBe(
      'a@lieu.example\tadministrator\t\tlien\nb@lieu.example\teditor\tBé Martin\tmot de passe\n',
    )
    // The link of the first entry has ended with the new password.
    expect(rows('select purpose from link')).toHaveLength(1)

    const factor = await account('factor', 'b@lieu.example')
    expect(factor.stdout).toBe('b@lieu.example n’a pas de deuxième facteur.\n')
    expect((await account('disable', 'B@lieu.example')).stdout).toBe(
      'B@lieu.example n’entre plus.\n',
    )
    expectSentence(await account('disable', 'a@lieu.example'), 1, 'dernier compte qui administre')
    expect((await account('list')).stdout).toBe('a@lieu.example\tadministrator\t\tlien\n')
    expect((await folder.run(['sign-in-link', 'c@lieu.example'])).code).toBe(0)
    expectSentence(await folder.run(['sign-in-link', 'personne']), 1, 'incomplète')
    const who = 'cafe-ia account'
    expect(acts()).toEqual([
      { who, act: 'account-made', about: 'administrator' },
      { who, act: 'account-made', about: 'editor' },
      { who, act: 'password-given', about: '' },
      { who, act: 'member-removed', about: '' },
      { who: 'cafe-ia sign-in-link', act: 'account-made', about: 'administrator' },
    ])
  })

  test('are refused in one sentence, and nothing is done', async () => {
    expect((await account('create', 'a@lieu.example')).code).toBe(0)
    for (const [args, words] of [
      [['create', 'a@lieu.example'], 'déjà celle d’un autre compte'],
      [['create', 'personne'], 'incomplète'],
      [['create', 'c@lieu.example', '--role', 'chef'], 'administrator, editor'],
      [['create', 'c@lieu.example', '--name', 'é'.repeat(101)], '100 caractères'],
      [['disable', 'c@lieu.example'], 'account list'],
      [['password', 'c@lieu.example'], 'account list'],
      [['factor', 'c@lieu.example'], 'account list'],
      // Nothing comes from the standard input here.
      [['password', 'a@lieu.example', '--stdin'], 'de 12 à 200 caractères'],
    ] as const)
      expectSentence(await account(...args), 1, words)
    expectSentence(await account('password', 'a@lieu.example', 'secret'), 2, 'un mot de trop')
    expect(acts()).toHaveLength(1)
    expect(rows('select email, password_hash from account')).toEqual([
      { email: 'a@lieu.example', password_hash: null },
    ])
  })

  test('take a password from the standard input, which ends all sessions', async () => {
    const { db, close } = await openTestDatabase()
    const context = { db, config: readConfig({}), now: Temporal.Now.instant }
    const email = 'a@lieu.example'
    await createAccount(context, { email, role: 'editor' })
    const [former, password] = ['un premier mot de passe', 'é'.repeat(12)]
    await replacePasswordOf(context, email, Readable.from([`${former}\n`]))
    const session = { email, password: former, userAgent: '' }
    expect(await createSessionByPassword(db, session, context.now())).toBeDefined()
    // A character may come in two parts, and what follows the line is not read.
    const bytes = Buffer.from(`${password}\r\nla suite`)
    const parts = Readable.from([bytes.subarray(0, 5), bytes.subarray(5)])
    expect(await replacePasswordOf(context, email, parts)).not.toContain(password)
    expect(await findAccountByPassword(db, { email, password })).toBeDefined()
    expect(await db.selectFrom('session').selectAll().execute()).toEqual([])
    const long = Readable.from(Array.from({ length: 5_000 }, () => 'x'.repeat(100)))
    await expect(replacePasswordOf(context, email, long)).rejects.toThrow('de 12 à 200')
    await close()
  })
})

test('an invitation is a code that is kept as a hash', async () => {
  const { code, stdout } = await folder.run(['invitation', 'Le tiers-lieu'], {
    ...folder.settings,
    ROLE: 'hub',
  })
  expect(code).toBe(0)
  expect(stdout.trim()).toMatch(/^[a-z0-9-]{10,}$/)
  const kept = rows('select * from invitation')
  expect(kept).toMatchObject([{ label: 'Le tiers-lieu', used_at: null }])
  expect(JSON.stringify(kept)).not.toContain(stdout.trim())
})

test('whom to follow is written down for the running server, and undone by its address', async () => {
  const other = await openFolder()
  try {
    const allowed = { ALLOW_LOOPBACK: '1' }
    await other.start({ ...other.settings, ...allowed })
    const settings = { ...folder.settings, ...allowed }
    await folder.start(settings)
    const address = `@cafes@127.0.0.1:${other.port}`
    const asked = await folder.run(['follow', address], settings)
    expect(asked).toMatchObject({ code: 0, stderr: '' })
    expect(asked.stdout).toContain(address)
    const followings = () =>
      rows<{ state: string }>('select address, state, is_join from following')
    const followed = await eventually(
      async () => followings(),
      ([first]) => first?.state === 'accepted',
    )
    expect(followed).toEqual([{ address, state: 'accepted', is_join: 0 }])

    expect((await folder.run(['unfollow', address], settings)).code).toBe(0)
    expect(
      await eventually(
        async () => followings(),
        (all) => all.length === 0,
      ),
    ).toEqual([])
    expectSentence(await folder.run(['unfollow', address], settings), 1, address)
  } finally {
    await folder.close()
    await other.close()
  }
})

test('what cannot be an address is not followed', async () => {
  for (const address of [
    'mediatheque',
    'ftp://mediatheque.example',
    '@cafes',
    'javascript:alert(1)',
  ]) {
    expectSentence(await folder.run(['follow', address]), 1, `« ${address} » n’est ni`)
  }
})

test('rebuild and purge do their work and say so', async () => {
  expect(await folder.run(['rebuild'])).toMatchObject({ code: 0, stderr: '' })
  expect(await folder.run(['purge'])).toMatchObject({ code: 0, stderr: '', stdout: 'Fait.\n' })
})
