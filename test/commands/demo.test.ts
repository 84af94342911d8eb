import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort } from '../support/ports.ts'
import { eventually, isAnswering, type Ran, type Running, run } from '../support/program.ts'

let folder: string
let running: Running[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-demo-test-'))
  running = []
})
afterEach(async () => {
  for (const demo of running) if (demo.child.exitCode === null) await demo.ended('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

function demo(args: string[]): Running {
  const started = run(['demo', ...args], { TMPDIR: folder, MALLOC_ARENA_MAX: '2' }, folder)
  running.push(started)
  return started
}

type Server = { name?: string; origin: string; signIn: string; token: string }
type Line = { hub: Server; nodes: Server[] }

async function shown(args: string[]): Promise<{ line: Line; demo: Running }> {
  const started = demo(['--json', ...args])
  await started.says('\n')
  const lines = started.stdout().split('\n')
  expect(lines).toHaveLength(2)
  return { line: JSON.parse(lines[0] ?? '') as Line, demo: started }
}

type Listed = {
  id: string
  title: string
  startsAt: string
  peer: { host: string }
  image: unknown
}
const cafesOf = async ({ origin }: Server): Promise<Listed[]> => {
  const answer = await fetch(`${origin}/api/v1/cafes?limit=100`)
  return ((await answer.json()) as { items: Listed[] }).items
}
/** A place hears of the cafés that its directory holds itself: these are its own. */
const ownOf = async (server: Server): Promise<Listed[]> =>
  (await cafesOf(server)).filter(({ id }) => id.startsWith(`${server.origin}/`))
const ids = (cafes: Listed[]) => cafes.map(({ id }) => id).sort()

/** Returns the environment of each server that a demonstration runs, a line a variable; none but on Linux. */
async function serversOf({ child }: Running): Promise<string[]> {
  if (process.platform !== 'linux') return []
  const ids = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
  const read = async (id: string) =>
    (await readFile(`/proc/${id}/environ`, 'utf8')).replaceAll('\0', '\n')
  return Promise.all(ids.trim().split(' ').map(read))
}

async function endInTime(started: Running, { hub, nodes }: Line): Promise<Ran> {
  const begun = Date.now()
  const ran = await started.ended('SIGTERM')
  expect(Date.now() - begun).toBeLessThan(10_000)
  for (const { origin } of [hub, ...nodes]) expect(await isAnswering(origin)).toBe(false)
  return ran
}

test('one line of JSON says where four federated servers are; a signal ends them all, and a folder that is kept gives the same cafés again', async () => {
  const port = await freePort(4)
  const args = ['--port', String(port), '--data', 'kept']
  const { line, demo: started } = await shown(args)
  const { hub, nodes } = line
  expect(Object.keys(line)).toEqual(['hub', 'nodes'])
  expect(Object.keys(hub)).toEqual(['origin', 'signIn', 'token'])
  expect([hub, ...nodes].map(({ origin }) => origin)).toEqual(
    [0, 1, 2, 3].map((more) => `http://127.0.0.1:${port + more}`),
  )
  for (const node of nodes) {
    expect(Object.keys(node)).toEqual(['name', 'origin', 'signIn', 'token'])
    expect(node.signIn.startsWith(`${node.origin}/`)).toBe(true)
  }

  const own = await Promise.all(nodes.map(ownOf))
  for (const cafes of own) expect(cafes.length).toBeGreaterThan(2)
  const today = Temporal.Now.plainDateISO('Europe/Paris').toString()
  expect(own.flat().every(({ startsAt }) => startsAt >= today)).toBe(true)
  // The directory holds a series of its own besides, the online café.
  const atHub = await cafesOf(hub)
  const series = atHub.filter(({ id }) => id.startsWith(`${hub.origin}/`))
  expect(new Set(series.map(({ title }) => title))).toEqual(new Set(['Le café en ligne']))
  expect(ids(atHub)).toEqual(ids([...own.flat(), ...series]))
  expect(own.flat().filter(({ image }) => image).length).toBe(12)
  const past = await Promise.all(
    [hub, ...nodes].map(async ({ origin }) => (await fetch(`${origin}/cafes?passes=1`)).text()),
  )
  expect(
    past.map((page) => /L’IA en dix mots|Premiers pas au village|Mon premier message/.test(page)),
  ).toEqual([true, true, true, true])

  expect((await fetch(hub.signIn)).status).toBe(200)
  const inRennes = await fetch(`${hub.origin}/api/v1/cafes?near=35000&radius=10`)
  expect(((await inRennes.json()) as { items: unknown[] }).items.length).toBeGreaterThan(0)

  const created = await fetch(`${nodes[1]?.origin}/api/v1/cafes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${nodes[1]?.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      title: 'Un café de plus',
      startsAt: Temporal.Now.plainDateISO('Europe/Paris')
        .add({ days: 9 })
        .toPlainDateTime('18:30')
        .toString(),
      venue: { name: 'Salle', commune: 'Die' },
    }),
  })
  expect(created.status).toBe(201)

  // How memory is kept holds for the servers too, whose other settings are their own.
  const memory = await serversOf(started)
  expect(memory.map((server) => /^MALLOC_\w+=\d+$/m.exec(server)?.[0])).toEqual(
    Array(process.platform === 'linux' ? 4 : 0).fill('MALLOC_ARENA_MAX=2'),
  )

  const listed = async (servers: Server[]) => ids((await Promise.all(servers.map(ownOf))).flat())
  const before = await listed(nodes)
  const { code, stdout, stderr } = await endInTime(started, line)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout.trim().split('\n')).toHaveLength(1)
  expect(await readdir(folder)).toEqual(['kept'])

  const second = await shown(args)
  expect(await listed(second.line.nodes)).toEqual(before)
  const fromPlaces = async () => {
    const all = await cafesOf(second.line.hub)
    return ids(all.filter(({ id }) => !id.startsWith(`${second.line.hub.origin}/`)))
  }
  const isWhole = (all: string[]) => all.length === before.length
  expect(await eventually(fromPlaces, isWhole)).toEqual(before)
  await endInTime(second.demo, second.line)
}, 120_000)

test('a signal before it is ready ends it as well, without a complaint', async () => {
  const started = demo(['--port', String(await freePort(4))])
  await started.says('Annuaire')
  expect((await readdir(folder)).length).toBe(1)
  const { code, stderr } = await started.ended('SIGTERM')
  expect([code, stderr]).toEqual([0, ''])
  expect(await readdir(folder)).toEqual([])
}, 60_000)

test('its servers end when it is killed', async () => {
  const port = await freePort(4)
  const started = demo(['--port', String(port)])
  // The directory runs, and the first place is about to.
  await started.says(/…\n.*…\n/)
  expect(await isAnswering(`http://127.0.0.1:${port}`)).toBe(true)
  await started.ended('SIGKILL')
  const answering = () =>
    Promise.all([0, 1, 2, 3].map((more) => isAnswering(`http://127.0.0.1:${port + more}`)))
  expect(await eventually(answering, (all) => !all.includes(true))).toEqual(Array(4).fill(false))
}, 60_000)

test('a port in use is said, and what had started is ended', async () => {
  const port = await freePort(4)
  const other = createServer().listen(port + 2, '127.0.0.1')
  await once(other, 'listening')
  try {
    const { code, stdout, stderr } = await demo(['--json', '--port', String(port)]).ended()
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(`Le port ${port + 2} est déjà pris`)
    expect(stderr).toContain('avec --port')
    expect(await isAnswering(`http://127.0.0.1:${port}`)).toBe(false)
    expect(await readdir(folder)).toEqual([])
  } finally {
    other.close()
  }
}, 60_000)

test('what is no port number is refused', async () => {
  for (const port of ['0', 'abc', '65535', '-1']) {
    const { code, stdout, stderr } = await demo(['--json', `--port=${port}`]).ended()
    expect([port, code, stdout]).toEqual([port, 1, ''])
    expect(stderr).toContain('--port')
  }
})
