import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ConfigError } from '../../config.ts'
import { NO_LEGAL_NOTICE } from '../../domain/structures/legal-notice.ts'
import {
  emptyProfileFor,
  type StructureProfile,
} from '../../domain/structures/structure-profile.ts'
import { renderMarkdown } from '../../formats/text/markdown.ts'
import { placeVenue } from '../../geo/venue.ts'
import { giveBackOnceSettled } from '../../settings/process-settings.ts'
import { saveStructureProfile } from '../../store/structures/profiles.ts'
import { saveSettings } from '../../store/structures/site-settings.ts'
import { createInvitationCode } from '../invitation.ts'
import { createSignInLink, ensureOrganization } from '../sign-in-link.ts'
import { createApiToken } from '../token.ts'
import { addDemoPast, announceDemoCafes, announceDemoOnline } from './announcing.ts'
import { DEMO_PLACES, type DemoPlace } from './cafes.ts'
import { addDemoFacilitators, attachDemoFacilitators } from './facilitators.ts'
import {
  countCafes,
  findFirstCafes,
  hasAllResources,
  hasFacilitator,
  hasReferent,
  isFederated,
  listOwn,
} from './known.ts'
import { acceptDemoNetwork, declareDemoNetwork } from './network.ts'
import { prepareDemoNewsletter } from './newsletter.ts'
import { addDemoPicture, type Pictured } from './pictures.ts'
import { requireFreePorts } from './ports.ts'
import { type Shown, textOf } from './printed.ts'
import {
  addDemoClaim,
  appointDemoReferent,
  DEMO_REFERENT_NAME,
  linkDemoReferent,
} from './referents.ts'
import {
  type Environment,
  environment,
  run,
  type Stopped,
  stopAll,
  until,
  watchForEnd,
  withDatabase,
} from './servers.ts'

export type DemoOptions = {
  json: boolean
  port: string
  data: string | undefined
  /** The environment of this process. */
  env: Readonly<Record<string, string | undefined>>
}

/**
 * Runs a directory and three places on this machine: four processes with real sockets, joined and federated. Prints the
 * addresses once all of them agree, then runs until it is stopped.
 */
export async function demo({ json, port, data, env }: DemoOptions): Promise<void> {
  const first = Number(port)
  const last = 65_535 - DEMO_PLACES.length
  if (!/^\d+$/.test(port) || first < 1 || first > last)
    throw new ConfigError(`--port attend un nombre de 1 à ${last}, et non « ${port} ».`)
  await requireFreePorts(first, 1 + DEMO_PLACES.length)
  const folder = data ? resolve(data) : mkdtempSync(join(tmpdir(), 'cafe-ia-demo-'))
  const print = (text: string) => json || process.stdout.write(`${text}\n`)
  const children: ChildProcess[] = []
  const stopped = watchForEnd(children)
  try {
    const hubEnv = environment({ role: 'hub', port: first, data: join(folder, 'annuaire'), env })
    print('Annuaire…')
    const hub = await prepare(hubEnv, {
      ...emptyProfileFor('Annuaire des cafés IA'),
      email: 'bonjour@annuaire.example',
    })
    const codes = await withDatabase(hubEnv, (context) =>
      Promise.all(DEMO_PLACES.map((place) => createInvitationCode(context, place.name))),
    )
    await run(hubEnv, children)
    const places = await openPlaces({
      hub,
      codes,
      folder,
      first,
      print,
      children,
      stopped,
      inherited: env,
    })
    if (stopped.isStopped()) return
    const nodes = places.map(({ node }) => node)
    const environments = places.map(({ env }) => env)
    print('Les lieux et l’annuaire se mettent d’accord…')
    // They are drawn while the servers communicate.
    await Promise.all([
      drawAll(places, stopped),
      untilAgreed({ hubEnv, hub, nodes, environments }, stopped),
    ])
    if (stopped.isStopped()) return
    // In a folder that was kept, its dates exist already.
    if ((await listOwn(hub)).length === 0) {
      await announceDemoOnline(hub)
      await withDatabase(hubEnv, prepareDemoNewsletter)
    }
    process.stdout.write(
      json ? `${JSON.stringify({ hub: withoutName(hub), nodes })}\n` : textOf(hub, nodes),
    )
    giveBackOnceSettled()
    await stopped.promise
  } finally {
    stopped.end()
    await stopAll(children)
    if (!data) rmSync(folder, { recursive: true, force: true })
  }
}

type Servers = { hubEnv: Environment; hub: Shown; nodes: Shown[]; environments: Environment[] }

/** Waits until the directory knows the cafés and people of the places, a referent and a network. */
async function untilAgreed(servers: Servers, stopped: Stopped): Promise<void> {
  const { hubEnv, hub, nodes, environments } = servers
  await until(() => isFederated(hub, nodes), stopped, 'l’accord entre les lieux et l’annuaire')
  await until(() => hasAllResources(hub), stopped, 'les ressources')
  await until(() => hasFacilitator(hub.origin, DEMO_REFERENT_NAME), stopped, 'les profils')
  if (stopped.isStopped()) return
  const mandate = await withDatabase(hubEnv, appointDemoReferent)
  await until(() => hasReferent(hub.origin), stopped, 'le mandat de la référente')
  if (mandate !== undefined) {
    for (const env of environments)
      await withDatabase(env, (context) => addDemoClaim(context, mandate))
    const tie = () => withDatabase(hubEnv, (context) => linkDemoReferent(context, mandate))
    await until(tie, stopped, 'le profil de la référente')
  }
  await formNetwork(servers, stopped)
}

type OpenPlace = { node: Shown; env: Environment; pictured: Pictured[] }

type Opening = {
  hub: Shown
  /** One invitation for each place. */
  codes: readonly string[]
  folder: string
  first: number
  print: (text: string) => unknown
  children: ChildProcess[]
  stopped: Stopped
  inherited: DemoOptions['env']
}

/**
 * Opens all places at once, since each waits for disks and other servers; it ends when none is working any more, even
 * where one fails.
 */
async function openPlaces(opening: Opening): Promise<OpenPlace[]> {
  const opened = await Promise.allSettled(
    DEMO_PLACES.map((place, index) => openPlace(opening, place, index)),
  )
  const failed = opened.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected' && !opening.stopped.isStopped()) throw failed.reason
  return opened.flatMap((place) => (place.status === 'fulfilled' ? [place.value] : []))
}

async function openPlace(
  { hub, codes, folder, first, print, children, stopped, inherited }: Opening,
  asPlace: DemoPlace,
  index: number,
): Promise<OpenPlace> {
  const place = { ...asPlace, directory: hub.origin }
  const env = {
    ...environment({
      role: 'node',
      port: first + index + 1,
      data: join(folder, place.folder),
      env: inherited,
    }),
    CAFE_IA_HUB: `${hub.origin}/?invitation=${codes[index]}`,
  }
  const node = await prepare(env, profileOf(place))
  const directory = new URL(hub.origin).host
  await withDatabase(env, async (context) => {
    await addDemoFacilitators(context, { folder: place.folder, directory })
    await attachDemoFacilitators(context, await addDemoPast(context, place))
  })
  if (stopped.isStopped()) return { node, env, pictured: [] }
  print(`${place.name}…`)
  await run(env, children)
  // In a folder that was kept, the cafés exist already.
  const isNew = (await listOwn(node)).length === 0
  const pictured = isNew ? await announceDemoCafes(node, place) : []
  const led = await findFirstCafes(node)
  await withDatabase(env, (context) => attachDemoFacilitators(context, led))
  return { node, env, pictured }
}

async function drawAll(places: readonly OpenPlace[], stopped: Stopped): Promise<void> {
  for (const { env, pictured } of places)
    await withDatabase(env, async (context) => {
      for (const cafe of pictured) if (!stopped.isStopped()) await addDemoPicture(context, cafe)
    })
}

/** Forms one network across two places; the third has an invitation to answer. */
async function formNetwork({ hub, nodes, environments }: Servers, stopped: Stopped): Promise<void> {
  const [own, ...invited] = nodes
  const [home, second] = environments
  if (!own || !home || !second) return
  const uri = await withDatabase(home, (context) => declareDemoNetwork(context, { own, invited }))
  const accept = () => withDatabase(second, (context) => acceptDemoNetwork(context, uri))
  await until(accept, stopped, 'l’invitation dans un réseau')
  const slug = uri.split('/').at(-1)
  const isFound = async () =>
    (await countCafes(
      hub.origin,
      `network=${slug}&organizer=${encodeURIComponent(`${nodes[1]?.origin}/actors/cafes`)}`,
    )) > 0
  await until(isFound, stopped, 'les cafés d’un réseau')
}

const withoutName = ({ origin, signIn, token }: Shown) => ({ origin, signIn, token })

async function prepare(env: Environment, profile: StructureProfile): Promise<Shown> {
  return withDatabase(env, async (context) => {
    const organization = await ensureOrganization(context)
    await saveStructureProfile(context.db, { id: organization.id, profile }, context.now())
    const settings = { legal: DEMO_LEGAL, themeColour: undefined, sourceUrl: undefined }
    await saveSettings(context.db, settings, context.now())
    return {
      name: profile.name,
      origin: context.config.origin,
      signIn: await createSignInLink(context),
      token: await createApiToken(context, 'démonstration'),
    }
  })
}

/** What a real place fills in, so that the legal pages are complete. */
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
    ...emptyProfileFor(place.name),
    ...place.profile,
    presentationHtml: renderMarkdown(place.profile.presentationMarkdown ?? ''),
    address: { streetAddress, postalCode, commune, codeInsee, departement, region },
  }
}
