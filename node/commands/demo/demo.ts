import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Config, ConfigError, readConfig } from '../../config.ts'
import type { Context } from '../../context.ts'
import { NO_LEGAL_NOTICE } from '../../domain/structures/legal-notice.ts'
import {
  listUnwrittenFields,
  type StructureProfile,
} from '../../domain/structures/structure-profile.ts'
import { renderMarkdown } from '../../formats/text/markdown.ts'
import { placeVenue } from '../../geo/venue.ts'
import { PROJECT_ROOT } from '../../project-root.ts'
import { openDatabaseOf } from '../../site-database.ts'
import { saveSettings } from '../../store/database/site-settings.ts'
import { saveStructureProfile } from '../../store/structures/profiles.ts'
import { createInvitationCode } from '../invitation.ts'
import { createSignInLink, ensureOrganization } from '../sign-in-link.ts'
import { createApiToken } from '../token.ts'
import { DEMO_PLACES, type DemoCafe, type DemoPlace } from './cafes.ts'
import { addDemoFacilitators, attachDemoFacilitators } from './facilitators.ts'
import { MORE_CAFES } from './more-cafes.ts'
import { acceptDemoNetwork, declareDemoNetwork } from './network.ts'
import {
  addDemoClaim,
  appointDemoReferent,
  DEMO_REFERENT_NAME,
  linkDemoReferent,
} from './referents.ts'

type Environment = Record<string, string>

/** One server of the demonstration, as it is printed. */
type Shown = { name: string; origin: string; signIn: string; token: string }

export type DemoOptions = { json: boolean; port: string; data: string | undefined }

/**
 * A directory and three places on this machine: four processes with real sockets, joined and federated. Prints where
 * to look once all of them agree, then runs until it is told to stop.
 */
export async function demo({ json, port, data }: DemoOptions): Promise<void> {
  const first = Number(port)
  const last = 65_535 - DEMO_PLACES.length
  if (!/^\d+$/.test(port) || first < 1 || first > last)
    throw new ConfigError(`--port must be a number from 1 to ${last}, got "${port}"`)
  const folder = data ? resolve(data) : mkdtempSync(join(tmpdir(), 'cafe-ia-demo-'))
  const say = (text: string) => json || process.stdout.write(`${text}\n`)
  const children: ChildProcess[] = []
  const stopped = untilStopped(children)
  try {
    const hubEnv = environment({ role: 'hub', port: first, data: join(folder, 'annuaire') })
    say('Annuaire…')
    const hub = await prepare(hubEnv, {
      ...listUnwrittenFields('Annuaire des cafés IA'),
      email: 'bonjour@annuaire.example',
    })
    const codes = await withDatabase(hubEnv, (context) =>
      Promise.all(DEMO_PLACES.map((place) => createInvitationCode(context, place.name))),
    )
    await run(hubEnv, children)
    const nodes: Shown[] = []
    const environments: Environment[] = []
    for (const [index, place] of DEMO_PLACES.entries()) {
      if (stopped.isStopped()) return
      say(`${place.name}…`)
      const env = {
        ...environment({ role: 'node', port: first + index + 1, data: join(folder, place.folder) }),
        CAFE_IA_HUB: `${hub.origin}/?invitation=${codes[index]}`,
      }
      const node = await prepare(env, profileOf(place))
      const directory = new URL(hub.origin).host
      await withDatabase(env, (context) =>
        addDemoFacilitators(context, { folder: place.folder, directory }),
      )
      nodes.push(node)
      environments.push(env)
      await run(env, children)
      await announceAll(node, place)
      const led = await findFirstCafes(node.origin)
      await withDatabase(env, (context) => attachDemoFacilitators(context, led))
    }
    say('Les lieux et l’annuaire se mettent d’accord…')
    await untilFederated(hub, nodes, stopped)
    await until(() => knows(hub.origin, DEMO_REFERENT_NAME), stopped, 'the profiles')
    if (stopped.isStopped()) return
    const mandate = await withDatabase(hubEnv, appointDemoReferent)
    await until(() => hasReferent(hub.origin), stopped, 'the referent’s attestation')
    if (mandate !== undefined) {
      for (const env of environments)
        await withDatabase(env, (context) => addDemoClaim(context, mandate))
      const tie = () => withDatabase(hubEnv, (context) => linkDemoReferent(context, mandate))
      await until(tie, stopped, 'the referent’s profile')
    }
    await formNetwork({ hub, nodes, environments }, stopped)
    if (stopped.isStopped()) return
    process.stdout.write(
      json ? `${JSON.stringify({ hub: withoutName(hub), nodes })}\n` : words(hub, nodes),
    )
    await stopped.promise
  } finally {
    stopped.end()
    await stopAll(children)
    if (!data) rmSync(folder, { recursive: true, force: true })
  }
}

/** One network across two places; the third has an invitation to answer. */
async function formNetwork(
  { hub, nodes, environments }: { hub: Shown; nodes: Shown[]; environments: Environment[] },
  stopped: Stopped,
): Promise<void> {
  const [own, ...invited] = nodes
  const [home, second] = environments
  if (!own || !home || !second) return
  const uri = await withDatabase(home, (context) => declareDemoNetwork(context, { own, invited }))
  const accept = () => withDatabase(second, (context) => acceptDemoNetwork(context, uri))
  await until(accept, stopped, 'the invitation to a network')
  const slug = uri.split('/').at(-1)
  const isFound = async () =>
    (await countCafes(
      hub.origin,
      `network=${slug}&organizer=${encodeURIComponent(`${nodes[1]?.origin}/actors/cafes`)}`,
    )) > 0
  await until(isFound, stopped, 'the cafés of a network')
}

const withoutName = ({ origin, signIn, token }: Shown) => ({ origin, signIn, token })

const environment = ({
  role,
  port,
  data,
}: {
  role: string
  port: number
  data: string
}): Environment => ({
  CAFE_IA_ROLE: role,
  CAFE_IA_ORIGIN: `http://127.0.0.1:${port}`,
  CAFE_IA_PORT: String(port),
  CAFE_IA_DATA: data,
  CAFE_IA_ALLOW_LOOPBACK: '1',
  CAFE_IA_LOG: 'warning',
})

async function prepare(env: Environment, profile: StructureProfile): Promise<Shown> {
  return withDatabase(env, async (context) => {
    const organization = await ensureOrganization(context)
    await saveStructureProfile(context.db, { id: organization.id, profile }, context.now())
    await saveSettings(context.db, {
      legal: DEMO_LEGAL,
      themeColour: undefined,
      sourceUrl: undefined,
    })
    return {
      name: profile.name,
      origin: context.config.origin,
      signIn: await createSignInLink(context),
      token: await createApiToken(context, 'démonstration'),
    }
  })
}

/** What a real place fills in, so that the pages that the law asks for are whole. */
const DEMO_LEGAL = {
  ...NO_LEGAL_NOTICE,
  legalName: 'Structure d’exemple',
  legalAddress: '1 rue de l’Exemple\n35000 Rennes',
  legalPhone: '02 99 00 00 00',
  publicationDirector: 'Camille Martin',
  hostName: 'Cette machine',
  hostAddress: 'Ici même',
  hostPhone: '02 99 00 00 00',
  dataContact: 'Camille Martin, bonjour@exemple.example',
}

function profileOf(place: DemoPlace): StructureProfile {
  const placed = placeVenue(place.venue)
  if ('problems' in placed) throw new Error(`${place.name} is nowhere`)
  const { streetAddress, postalCode, commune, codeInsee, departement, region } = placed.venue
  return {
    ...listUnwrittenFields(place.name),
    ...place.profile,
    presentationHtml: renderMarkdown(place.profile.presentationMarkdown ?? ''),
    address: { streetAddress, postalCode, commune, codeInsee, departement, region },
  }
}

async function withDatabase<T>(
  env: Environment,
  work: (context: Pick<Context, 'db' | 'config' | 'now'>) => Promise<T>,
): Promise<T> {
  const config: Config = readConfig(env)
  const db = await openDatabaseOf(config)
  try {
    return await work({ db, config, now: () => Temporal.Now.instant() })
  } finally {
    await db.destroy()
  }
}

/** Resolves when the server says that it listens: an answer on its port could come from another program. */
function run(env: Environment, children: ChildProcess[]): Promise<void> {
  const { promise, resolve: listens, reject } = Promise.withResolvers<void>()
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'dist/main.js'), 'start'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  child.stdout.once('data', () => listens())
  child.once('exit', () => reject(new ConfigError(`demo: ${env.CAFE_IA_ORIGIN} did not start`)))
  return promise
}

type Stopped = { promise: Promise<void>; isStopped: () => boolean; end: () => void }

/** A signal, or one of the servers ending by itself. */
function untilStopped(children: ChildProcess[]): Stopped {
  const { promise, resolve: stop } = Promise.withResolvers<void>()
  let isStopped = false
  const end = () => {
    isStopped = true
    stop()
  }
  // A terminal tells every process of the group, and npm tells again: a second signal must not end this one early.
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  const watch = setInterval(() => {
    if (children.some((child) => child.exitCode !== null)) {
      process.exitCode = 1
      end()
    }
  }, 200)
  promise.finally(() => clearInterval(watch))
  return { promise, isStopped: () => isStopped, end }
}

async function stopAll(children: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    children.map((child) => {
      const { promise, resolve: gone } = Promise.withResolvers<void>()
      if (child.exitCode !== null || child.signalCode !== null) return undefined
      child.once('exit', () => gone())
      child.kill('SIGTERM')
      return promise
    }),
  )
}

const WAIT_MS = 60_000

async function until(question: () => Promise<boolean>, stopped: Stopped, what: string) {
  const end = Date.now() + WAIT_MS
  while (Date.now() < end) {
    if (stopped.isStopped()) return
    if (await question().catch(() => false)) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new ConfigError(`demo: ${what} did not come about`)
}

const untilFederated = (hub: Shown, nodes: readonly Shown[], stopped: Stopped) =>
  until(
    async () => {
      const counts = await Promise.all(nodes.map((node) => countCafes(node.origin)))
      const expected = counts.reduce((sum, count) => sum + count, 0)
      return expected > 0 && (await countCafes(hub.origin)) === expected
    },
    stopped,
    'an agreement between the places and the directory',
  )

async function knows(origin: string, name: string): Promise<boolean> {
  const answer = await fetch(`${origin}/api/v1/facilitators`)
  const { items } = (await answer.json()) as { items: { name: string }[] }
  return items.some((one) => one.name === name)
}

async function hasReferent(origin: string): Promise<boolean> {
  const answer = await fetch(`${origin}/api/v1/referents?territory=c-35238`)
  const { items } = (await answer.json()) as { items: { attestation: string | null }[] }
  return items.some(({ attestation }) => attestation !== null)
}

async function countCafes(origin: string, asked = ''): Promise<number> {
  const answer = await fetch(`${origin}/api/v1/cafes?limit=100&${asked}`)
  const { items } = (await answer.json()) as { items: unknown[] }
  return items.length
}

/** The next two, by their ids here. */
async function findFirstCafes(origin: string): Promise<string[]> {
  const answer = await fetch(`${origin}/api/v1/cafes?limit=2`)
  const { items } = (await answer.json()) as { items: { id: string }[] }
  return items.map(({ id }) => id.split('/').at(-1) ?? '')
}

/** By the API, as any program would; a place that has cafés already (a folder that was kept) is left as it is. */
async function announceAll(node: Shown, place: DemoPlace): Promise<void> {
  if ((await countCafes(node.origin)) > 0) return
  for (const cafe of [...place.cafes, ...(MORE_CAFES[place.folder] ?? [])])
    await announce(node, place, cafe)
}

async function announce(node: Shown, place: DemoPlace, cafe: DemoCafe): Promise<void> {
  const { timezone } = place
  const venue = cafe.venue ?? place.venue
  const online = cafe.body.attendanceMode === 'online'
  const body = { ...cafe.body, timezone, ...(online ? {} : { venue }) }
  const startsAt = dayAndHour(cafe.inDays, cafe.at, timezone)
  const created = await call(node, 'POST', '/cafes', { ...body, startsAt })
  const id = String(created.id).split('/').at(-1)
  if (!cafe.later) return
  if ('cancel' in cafe.later)
    await call(node, 'POST', `/cafes/${id}/cancel`, { reason: cafe.later.cancel })
  else {
    const moved = dayAndHour(cafe.inDays + cafe.later.moveByDays, cafe.at, timezone)
    await call(node, 'PUT', `/cafes/${id}`, { ...body, startsAt: moved })
  }
}

const dayAndHour = (inDays: number, at: string, timezone: string): string =>
  Temporal.Now.plainDateISO(timezone).add({ days: inDays }).toPlainDateTime(at).toString()

async function call(
  { origin, token }: Shown,
  method: string,
  path: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Record<string, unknown>
}

function words(hub: Shown, nodes: readonly Shown[]): string {
  const lines = [hub, ...nodes].map(
    ({ name, origin, signIn }) =>
      `\n${name}\n  page publique     ${origin}/\n  administration    ${signIn}   (une fois)`,
  )
  return `${lines.join('\n')}
${toOpenFirst(hub.origin)}
Ctrl+C pour arrêter.
`
}

/** Pages that show most of it, each in a few words. */
function toOpenFirst(origin: string): string {
  const pages = [
    ['/?ou=35000', 'les cafés autour de Rennes, sur leur carte'],
    ['/?ou=26150&quand=aujourdhui', 'ce qui s’affiche quand il n’y a rien ce jour-là'],
    ['/?ou=La+R%C3%A9union', 'un territoire entier'],
  ]
  const lines = pages.map(([path, what]) => `  ${origin}${path}\n      ${what}`)
  return `\nÀ ouvrir d’abord\n${lines.join('\n')}\n`
}
