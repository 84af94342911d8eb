import type { Side } from '../../node/domain/agreements/agreement.ts'
import { OPERATOR } from '../../node/domain/cafes/edit.ts'
import { insertLinkTo } from '../../node/store/accounts/links.ts'
import { saveOwnStatement, saveStatement } from '../../node/store/agreements/statements.ts'
import { updateDuplicates } from '../../node/store/cafes/duplicates.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators/facilitators.ts'
import { withdrawFacilitator } from '../../node/store/facilitators/publication.ts'
import { addManager } from '../../node/store/networks/managers.ts'
import { declareNetwork, findNetwork } from '../../node/store/networks/networks.ts'
import { findReferent, insertReferent } from '../../node/store/referents/referents.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { LINK_PATHS } from '../../ui/admin/mail-templates.ts'
import { openBrowser } from '../support/browser.ts'
import { openOwnProfile, publishTestFacilitator } from '../support/facilitator-profiles.ts'
import { knowCafe, knowPeer, RENNES } from '../support/known-peer.ts'
import { type Site, until } from '../support/network.ts'
import { enterAdmin } from '../support/referents.ts'
import { photoOfTable } from '../support/scene.ts'

export type Cookies = ReadonlyMap<string, string>

/** The paths of what people have made. */
export type StagedPaths = {
  /** The path is the same at both servers. */
  network: string
  networkUri: string
  asking: string
  facilitator: { atNode: string; atHub: string; own: string }
  withdrawal: string
  mandate: { proposed: string; appointed: string; access: string; admin: string }
}

type Pair = { hub: Site; node: Site }

/**
 * Adds a network with structures, its managers, people, and referents with pending tasks. Returns their paths and
 * sessions.
 */
export async function stageFacilitators(
  { hub, node }: Pair,
  planned: { uri: string },
): Promise<{ paths: StagedPaths; manager: Record<'hub' | 'node', Cookies>; referent: Cookies }> {
  const [network, facilitator, withdrawal] = await Promise.all([
    declare(node),
    publishLou(node),
    withdrawNoa({ hub, node }),
  ])
  const { cookies: referent, mandate } = await appointClaire(hub, planned)
  await until(
    async () =>
      (await findNetwork(hub.context.db, { uri: network.networkUri })) &&
      (await findFacilitatorByUri(hub.context.db, `${node.origin}${facilitator.atNode}`)),
    { within: 15_000, what: 'the network and the person at the directory' },
  )
  const manager = {
    node: await manage(node, network.networkUri),
    hub: await manage(hub, network.networkUri),
  }
  return { paths: { ...network, facilitator, withdrawal, mandate }, manager, referent }
}

const NETWORK = {
  name: 'Fédération des médiathèques du canal',
  presentation: 'Une quarantaine de médiathèques, de Rennes à Saint-Malo.\nEnsemble depuis 2012.',
  website: 'https://mediatheques.example/',
}

/**
 * Declares a network that contains the place's own structure, and three more that only the place knows: one member, one
 * that asks to join, one that is invited.
 */
async function declare(node: Site) {
  const { db, now, wake } = node.context
  const { id: organizationId = '', name = '' } = (await findSiteStructure(db)) ?? {}
  const actorUri = `${node.origin}/actors/instance`
  const home = { organizationId, origin: node.origin, actorUri }
  const { slug, uri } = await declareNetwork(
    db,
    { description: NETWORK, home, by: OPERATOR },
    now(),
  )
  const network = { kind: 'member-of', objectUri: uri } as const
  const own = { ...network, subjectUri: `${node.origin}/actors/cafes`, subjectName: name }
  await saveOwnStatement(db, { ...own, side: 'subject', isYes: true }, now())
  await saveOwnStatement(db, { ...own, side: 'object', isYes: true }, now())
  const keep = (host: string, subjectName: string, side: Side) =>
    db.transaction().execute(async (trx) => {
      const subjectUri = `https://${host}.example/actors/cafes`
      const said = { ...network, subjectUri, subjectName, side, isYes: true }
      await saveStatement(trx, { ...said, at: now() }, now())
      return subjectUri
    })
  await keep('bruz', 'Médiathèque de Bruz', 'subject')
  await keep('bruz', 'Médiathèque de Bruz', 'object')
  const asking = await keep('cesson', 'Tiers-lieu de Cesson', 'subject')
  await keep('betton', 'Bibliothèque de Betton', 'object')
  wake()
  return { network: slug, networkUri: uri, asking }
}

async function manage(site: Site, uri: string): Promise<Cookies> {
  const { db, now } = site.context
  const { id: networkId = '' } = (await findNetwork(db, { uri })) ?? {}
  const email = 'responsable@mediatheques.example'
  const { accountId: subject } = await addManager(db, { networkId, email }, now())
  const token = await insertLinkTo(db, { purpose: 'first-password', subject }, now())
  const path = LINK_PATHS['first-password'](token)
  const password = 'quatre mots sans rapport'
  const browser = openBrowser(site.origin)
  await browser.submit(await browser.get(path), path, { password, passwordAgain: password })
  return browser.cookies
}

async function publishLou(node: Site): Promise<StagedPaths['facilitator']> {
  const own = await openOwnProfile(node, 'lou@mail.example')
  await own.publish(
    {
      ...{ name: 'Lou Delorme', word: 'animateur', ou: '35000 Rennes', extent: 'epci' },
      ...{ radiusKm: '30', status: 'mediateur', training: 'trained', trainedOn: '2026-05' },
      presentation: 'Je lance le débat, vous faites le reste. Débutantes et débutants bienvenus.',
      formats: 'débat mouvant, atelier',
      themes: 'emploi, école, vie privée',
      availability: 'Le soir et le samedi',
      ...{ languages: ['fr', 'en'], contact: 'relay', isAdult: '1', level: 'public' },
      'image.alt': 'Lou devant un tableau',
    },
    await photoOfTable(),
  )
  const { handle } = await node.context.db
    .selectFrom('facilitator')
    .select('handle')
    .where('name', '=', 'Lou Delorme')
    .executeTakeFirstOrThrow()
  const atNode = `/animation/${handle}`
  return { atNode, atHub: `${atNode}@${node.host}`, own: own.link }
}

/** Publishes a person at the directory and withdraws the profile. Returns the path of the report. */
async function withdrawNoa({ hub, node }: Pair): Promise<string> {
  const noa = await publishTestFacilitator(node, { name: 'Noa', handle: 'noa' }, 'noa@mail.example')
  await until(() => findFacilitatorByUri(hub.context.db, noa.uri), { what: 'Noa at the directory' })
  const { db, now, wake } = node.context
  const { reportToken } = await withdrawFacilitator(db, noa.id, now())
  wake()
  return `/animation/retrait/${reportToken}`
}

/**
 * Appoints Claire, whose administration shows a café that two structures announce, and a place that asks to join and
 * that she recommends. Adds two other proposals.
 */
async function appointClaire(hub: Site, planned: { uri: string }) {
  const { db, now } = hub.context
  const twin = await hub.find(planned.uri)
  if (!twin) throw new Error('the directory has no café to announce twice')
  const copy = await knowCafe(
    hub,
    { host: 'comite', name: 'Comité de quartier', place: RENNES },
    { title: twin.title, startsAt: twin.startsAt, venue: twin.venue },
  )
  await db.transaction().execute((trx) => updateDuplicates(trx, copy, now()))
  const name = 'Maison des jeunes'
  const asks = await knowPeer(hub, { host: 'mjc', name, place: RENNES, membership: 'requested' })
  const { id, browser } = await enterAdmin(hub, { name: 'Claire Morin' })
  const admin = '/administration/territoire/35'
  const recommend = `${admin}/lieux/${asks.id}/recommander`
  await browser.submit(await browser.get(admin), recommend, { reason: 'Je les connais bien.' })
  const emailOf = async (id: string) => (await findReferent(db, id))?.email
  const link = async (subject: string, purpose: 'mandate' | 'referent-access') =>
    LINK_PATHS[purpose](
      await insertLinkTo(db, { purpose, subject, mailedTo: await emailOf(subject) }, now()),
    )
  const proposed = await insertReferent(
    db,
    {
      territory: '29',
      ...{ name: 'Erwan Le Goff', word: 'référent', email: 'erwan@lieu.example' },
      ...{ proposedBy: 'Médiathèque de Brest' },
      startsOn: Temporal.PlainDate.from('2026-01-01'),
      endsOn: Temporal.Now.plainDateISO('Europe/Paris').add({ days: 300 }),
    },
    now(),
  )
  const mandate = {
    proposed: await link(proposed ?? '', 'mandate'),
    appointed: await link(id, 'mandate'),
    access: await link(id, 'referent-access'),
    admin: `/administration/referents/${id}`,
  }
  return { cookies: browser.cookies, mandate }
}
