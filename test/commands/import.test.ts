import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { calendarOf, eventOf } from '../support/imports.ts'
import { startLoopbackServer } from '../support/loopback-server.ts'
import { eventually, type Folder, openFolder } from '../support/program.ts'

let folder: Folder
beforeEach(async () => {
  folder = await openFolder()
})
afterEach(() => folder.close())

/** Returns a future day, since the program uses the real clock. */
const at = (days: number, time: string): string =>
  `${Temporal.Now.plainDateISO('Europe/Paris').add({ days }).toString().replaceAll('-', '')}T${time}`
const event = (...lines: string[]) =>
  eventOf(
    `DTSTART;TZID=Europe/Paris:${at(14, '183000')}`,
    `DTEND;TZID=Europe/Paris:${at(14, '200000')}`,
    ...lines,
  )
const CALENDAR = calendarOf(event(), event('UID:two', 'SUMMARY:Café IA de la semaine suivante'))
const LOST = calendarOf(event(), event('UID:lost', 'LOCATION:', 'SUMMARY:Sans lieu'))

const write = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder.folder, name), text)
  return name
}
const sentences = (stderr: string): string[] => stderr.trim().split('\n')

test('a dry run says row by row what would happen, and nothing happens; then it does; then it is done', async () => {
  const file = await write('agenda.ics', CALENDAR)
  const dry = await folder.run(['import', file, '--dry-run'])
  expect(dry).toMatchObject({ code: 0, stderr: '' })
  expect(dry.stdout).toContain('Café IA du jeudi')
  expect(dry.stdout).toContain('Médiathèque du Canal, Rennes')
  expect(dry.stdout).toContain('nouveau\u00a0: 2 (essai\u00a0: rien n’a changé)')
  const real = await folder.run(['import', file])
  expect(real).toMatchObject({ code: 0, stderr: '' })
  expect(real.stdout.trim().split('\n').at(-1)).toBe('nouveau\u00a0: 2')
  const again = await folder.run(['import', file])
  expect(again.stdout.trim().split('\n').at(-1)).toBe('déjà à jour\u00a0: 2')
})

test('a long file shows how far it is', async () => {
  const events = Array.from({ length: 150 }, (_, index) =>
    event(`UID:${index}`, `SUMMARY:Café IA nº ${index + 1}`),
  )
  const file = await write('long.ics', calendarOf(...events))
  const ran = await folder.run(['import', file])
  expect(ran.code).toBe(0)
  const tenths = Array.from({ length: 11 }, (_, tenth) => `${10 * tenth} % : des lignes sont lues`)
  expect(sentences(ran.stderr)).toEqual(tenths)
  expect(ran.stdout).toContain('nouveau\u00a0: 150')
})

test('how far the dates of a series are read is said', async () => {
  const weekly = CALENDAR.replace('SUMMARY:', 'RRULE:FREQ=WEEKLY\r\nSUMMARY:')
  const ran = await folder.run(['import', await write('series.ics', weekly), '--dry-run'])
  expect(ran.stdout).toContain('celles des 60\u00a0jours à venir')
  const single = await folder.run(['import', await write('single.ics', CALENDAR), '--dry-run'])
  expect(single.stdout).not.toContain('jours à venir')
  const finite = CALENDAR.replace('SUMMARY:', 'RRULE:FREQ=WEEKLY;COUNT=20\r\nSUMMARY:')
  const whole = await folder.run(['import', await write('finite.ics', finite), '--dry-run'])
  expect(whole.stdout).toMatch(/nouveau\s: 21 /)
})

test('rows that cannot be cafés are said, the others are kept, and the command has failed', async () => {
  const ran = await folder.run(['import', await write('agenda.ics', LOST)])
  expect(ran.code).toBe(1)
  expect(sentences(ran.stderr)).toEqual(['cafe-ia: 1\u00a0ligne refusée sur 2.'])
  expect(ran.stdout).toMatch(/À corriger · Sans lieu · .*Dites où le café a lieu/)
  expect(ran.stdout).toContain('Nouveau · ')
})

describe('what cannot be read is said in one sentence', () => {
  test.each([
    ['a file that is not there', 'nowhere.ics', undefined],
    ['an empty file', 'empty.ics', ''],
    ['a web page', 'page.html', '<!doctype html><title>404</title>'],
    ['a spreadsheet', 'cafes.xlsx', 'PK\u0003\u0004\0\0'],
    ['a table without a header', 'table.csv', 'a;b\n1;2\n'],
  ])('%s', async (_, name, content) => {
    if (content !== undefined) await write(name, content)
    const ran = await folder.run(['import', name])
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(sentences(ran.stderr)).toHaveLength(1)
    expect(ran.stderr).toContain(name)
  })
})

test('without a file, or with a word that it does not know, it says how to ask', async () => {
  for (const args of [[], ['a.ics', 'b.ics'], ['a.ics', '--dryrun']]) {
    const ran = await folder.run(['import', ...args])
    expect([args, ran.code]).toEqual([args, 2])
    expect(sentences(ran.stderr)).toHaveLength(1)
  }
})

test('nothing is imported before the public address is chosen', async () => {
  const { DATA = '' } = folder.settings
  const ran = await folder.run(['import', await write('agenda.ics', CALENDAR)], { DATA })
  expect(ran).toMatchObject({ code: 1, stdout: '' })
  expect(sentences(ran.stderr)).toHaveLength(1)
  expect(ran.stderr).toContain('CAFE_IA_ORIGIN')
})

test('at a public address, nothing is imported before what the law wants is said, and the sentence says where', async () => {
  const file = await write('agenda.ics', CALENDAR)
  const settings = { ...folder.settings, ORIGIN: 'https://cafes.mediatheque.example' }
  const ran = await folder.run(['import', file], settings)
  expect(ran).toMatchObject({ code: 1, stdout: '' })
  expect(sentences(ran.stderr)).toHaveLength(1)
  expect(ran.stderr).toContain('https://cafes.mediatheque.example/administration/reglages')
  expect((await folder.run(['import', file, '--dry-run'], settings)).code).toBe(0)
})

test('a calendar at an address is read, on this machine only where that is allowed', async () => {
  const calendars = await startLoopbackServer((request, response) => {
    if (request.url === '/agenda.ics')
      response.writeHead(200, { 'content-type': 'text/calendar; charset=utf-8' }).end(CALENDAR)
    else response.writeHead(404).end()
  })
  try {
    const url = `${calendars.origin}/agenda.ics`
    const refused = await folder.run(['import', url])
    expect(refused.code).toBe(1)
    expect(sentences(refused.stderr)).toHaveLength(1)
    expect(calendars.connections.total).toBe(0)

    const settings = { ...folder.settings, ALLOW_LOOPBACK: calendars.origin }
    const read = await folder.run(['import', url], settings)
    expect(read).toMatchObject({ code: 0, stderr: '' })
    expect(read.stdout).toContain('nouveau\u00a0: 2')
    const missing = await folder.run(['import', `${calendars.origin}/none`], settings)
    expect(missing.code).toBe(1)
    expect(missing.stderr).toContain('404')
  } finally {
    await calendars.close()
  }
})

test('an address is followed on request, for its drafts to come; a file never is', async () => {
  let calendar = CALENDAR
  const calendars = await startLoopbackServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/calendar' }).end(calendar),
  )
  try {
    const settings = { ...folder.settings, ALLOW_LOOPBACK: calendars.origin }
    const file = await folder.run(['import', await write('agenda.ics', CALENDAR), '--follow'])
    expect(file).toMatchObject({ code: 1, stdout: '' })
    expect(sentences(file.stderr)).toEqual([
      'cafe-ia: agenda.ics n’est pas une adresse : seul un agenda en ligne peut être suivi.',
    ])
    const url = `${calendars.origin}/agenda.ics`
    const dry = await folder.run(['import', url, '--follow', '--dry-run'], settings)
    expect(dry.stdout).not.toContain('est suivi')
    const ran = await folder.run(['import', url, '--follow', '--drafts'], settings)
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toContain('brouillon\u00a0: 2')
    expect(ran.stdout.trim().split('\n').at(-1)).toBe('Cet agenda est suivi.')
    calendar = LOST
    expect((await folder.run(['import', url, '--follow'], settings)).code).toBe(1)
  } finally {
    await calendars.close()
  }
})

test('cafés imported beside a running member are in the directory within seconds, found by postcode', async () => {
  const directory = await openFolder()
  try {
    const common = { ALLOW_LOOPBACK: '1', LOG: 'warning' }
    const hub = { ...directory.settings, ...common, ROLE: 'hub' }
    await directory.start(hub)
    const invitation = await directory.run(['invitation', 'Médiathèque'], hub)
    const node = {
      ...folder.settings,
      ...common,
      HUB: `${directory.origin}/?invitation=${invitation.stdout.trim()}`,
    }
    await folder.start(node)
    const members = await eventually(
      async () => (await listed(`${directory.origin}/api/v1/peers`)).length,
      (count) => count === 1,
    )
    expect(members).toBe(1)

    const near = `${directory.origin}/api/v1/cafes?near=35000&radius=5`
    expect(await listed(near)).toEqual([])
    await folder.run(['import', await write('agenda.ics', CALENDAR)], node)
    const found = await eventually(
      () => listed(near),
      (cafes) => cafes.length === 2,
      6,
    )
    expect(found.map(({ title }) => title).sort()).toEqual([
      'Café IA de la semaine suivante',
      'Café IA du jeudi',
    ])
    expect(found[0]?.startsAt).toContain('T18:30:00')
    expect(await listed(`${directory.origin}/api/v1/cafes?near=26150&radius=5`)).toEqual([])

    const page = await (await fetch(`${directory.origin}/?ou=35000`)).text()
    expect(page).toContain('Café IA du jeudi')

    const cancelled = calendarOf(event('STATUS:CANCELLED'), event('UID:two'))
    await folder.run(['import', await write('agenda.ics', cancelled)], node)
    const states = await eventually(
      async () => (await listed(near)).map(({ status }) => status).sort(),
      (all) => all.includes('cancelled'),
      6,
    )
    expect(states).toEqual(['cancelled', 'scheduled'])
  } finally {
    await folder.close()
    await directory.close()
  }
})

type Listed = { title?: string; startsAt?: string; status?: string }

async function listed(url: string): Promise<Listed[]> {
  const answer = await fetch(url)
  const { items } = (await answer.json()) as { items: Listed[] }
  return items
}
