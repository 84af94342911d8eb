import { createPublicKey } from 'node:crypto'
import { createKeyRing } from '../../federation/actors/keys.ts'
import { toMultibase } from '../../federation/wire/multikey.ts'
import { addProof } from '../../federation/wire/proof.ts'
import { OPERATOR } from '../../node/domain/cafes/edit.ts'
import type { Facilitator } from '../../node/domain/facilitators/facilitator.ts'
import { NO_LEGAL_NOTICE } from '../../node/domain/structures/legal-notice.ts'
import { emptyProfileFor } from '../../node/domain/structures/structure-profile.ts'
import { insertLinkTo } from '../../node/store/accounts/links.ts'
import { saveMandateAct } from '../../node/store/referents/mandate-acts.ts'
import type { Proposal } from '../../node/store/referents/referents.ts'
import { findReferent, insertReferent } from '../../node/store/referents/referents.ts'
import { saveStructureProfile } from '../../node/store/structures/profiles.ts'
import { saveSettings } from '../../node/store/structures/site-settings.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { type Browser, type Fields, openBrowser, type Page } from './browser.ts'
import { until } from './network.ts'
import type { WebServer } from './server.ts'

const days = (from: string, until: string) => ({
  startsOn: Temporal.PlainDate.from(from),
  endsOn: Temporal.PlainDate.from(until),
})

type Reached = Pick<WebServer, 'context'>

/** Appoints a person who was proposed and agreed, from yesterday for a year. */
export async function appoint(
  { context }: Reached,
  change: Partial<Proposal> = {},
  last: 'agree' | 'appoint' = 'appoint',
): Promise<string> {
  const now = context.now()
  const today = now.toZonedDateTimeISO('Europe/Paris').toPlainDate()
  const proposal: Proposal = {
    territory: '35',
    name: 'Claire',
    word: 'référente',
    email: 'claire@lieu.example',
    proposedBy: 'L’équipe',
    ...days(today.subtract({ days: 1 }).toString(), today.add({ days: 364 }).toString()),
    ...change,
  }
  const id = (await insertReferent(context.db, proposal, now)) ?? ''
  const { name, word, email = '' } = proposal
  const said = { text: 'J’accepte.', lang: 'fr' }
  const as = { name, word, email }
  await saveMandateAct(
    context.db,
    id,
    { act: 'agree', by: OPERATOR, shown: proposal, as, said },
    now,
  )
  const { id: organizationId = '' } = (await findSiteStructure(context.db)) ?? {}
  if (last === 'appoint')
    await saveMandateAct(context.db, id, { act: 'appoint', by: OPERATOR, organizationId }, now)
  return id
}

/** Appoints a person and signs them in by the link of the mail; returns its path too. */
export async function enterAdmin(
  hub: Pick<WebServer, 'origin' | 'context'>,
  change: Partial<Proposal> = {},
): Promise<{ id: string; browser: Browser; path: string }> {
  const id = await appoint(hub, change)
  const { db, now } = hub.context
  const token = await insertLinkTo(db, { purpose: 'referent-access', subject: id }, now())
  const browser = openBrowser(hub.origin)
  const path = `/referents/acces/${token}`
  const password = 'quatre mots sans rapport'
  const entered = await browser.submit(await browser.get(path), path, {
    password,
    passwordAgain: password,
  })
  if (entered.location !== '/administration/territoire') throw new Error(entered.text)
  return { id, browser, path }
}

/** Returns the mandate of an appointed person, as the directory’s workers have signed it. */
async function signMandate(hub: Reached, change: Partial<Proposal>) {
  const id = await appoint(hub, change)
  hub.context.wake()
  let body = ''
  await until(
    async () => {
      const row = await hub.context.db
        .selectFrom('attestation')
        .select('body')
        .where('referent_id', '=', id)
        .executeTakeFirst()
      body = row?.body ?? ''
      return row
    },
    { what: 'the signed mandate' },
  )
  return { id, body }
}

/** Makes signed mandates in every state, and what somebody may falsify in them. */
export async function signMandates(hub: Reached) {
  const today = hub.context.now().toZonedDateTimeISO('Europe/Paris').toPlainDate()
  const claire = { name: 'Claire Morin', email: 'claire@lieu.example' }
  const paul = { name: 'Paul Le Goff', word: 'référent', email: 'paul@lieu.example' } as const
  const { body: valid } = await signMandate(hub, claire)
  const { body: ofPaul } = await signMandate(hub, { ...paul, territory: '29' })
  const lastDay = today.subtract({ days: 2 })
  const past = { startsOn: today.subtract({ days: 90 }), endsOn: lastDay }
  const { body: expired } = await signMandate(hub, { ...claire, ...past, territory: '972' })
  const coming = { startsOn: today.add({ days: 9 }), endsOn: today.add({ days: 99 }) }
  const { body: toCome } = await signMandate(hub, { ...claire, ...coming, territory: '56' })
  const { id, body: revoked } = await signMandate(hub, { ...paul, territory: '22' })
  await saveMandateAct(
    hub.context.db,
    id,
    { act: 'end', by: OPERATOR, reason: 'ended' },
    hub.context.now(),
  )
  const { proof } = JSON.parse(ofPaul)
  return {
    ...{ valid, ofPaul, expired, toCome, revoked, lastDay },
    altered: valid.replace('Ille-et-Vilaine', 'Finistère'),
    /** Claire’s document with the proof of Paul’s. */
    replayed: JSON.stringify({ ...JSON.parse(valid), proof }),
  }
}

type Json = Record<string, unknown>

/** Returns what a member with its own keys, all of them in the registry, can forge of a mandate and of a registry. */
export async function forge(
  member: Pick<WebServer, 'origin'> & Reached,
  { mandate, registry }: { mandate: string; registry: string },
) {
  const keyRing = createKeyRing(member.context)
  const now = member.context.now()
  const signerOf = async (actor: string) => (await keyRing.keysOf(actor)).ed25519.signer
  const [cafes, instance] = [await signerOf('cafes'), await signerOf('instance')]
  const { proof: _, ...unsigned } = JSON.parse(mandate) as Json
  const origin = new URL(String(unsigned.id)).origin
  const elsewhere = JSON.parse(JSON.stringify(unsigned).replaceAll(origin, member.origin)) as Json
  const sign = (document: Json, signer: typeof cafes) =>
    JSON.stringify(addProof(document, signer, now))
  const { proof: __, ...list } = JSON.parse(registry) as Json & { items: Json[] }
  const own = `${origin}/actors/instance#ed25519-key`
  const stolen = toMultibase(createPublicKey(instance.privateKey))
  const swap = (items: Json[]) =>
    items.map((key) => (key.id === own ? { ...key, publicKeyMultibase: stolen } : key))
  return {
    /** Signed by the actor that announces the member's cafés, in its own name and at its own address. */
    byMember: sign({ ...elsewhere, attributedTo: `${member.origin}/actors/cafes` }, cafes),
    /** Signed in the name of the directory. */
    asDirectory: sign(unsigned, cafes),
    /** Signed as every other directory signs its own. */
    ofOther: sign(elsewhere, instance),
    registries: {
      emptied: JSON.stringify({ ...JSON.parse(registry), revoked: [] }),
      /** That of the member, which calls itself a directory. */
      claimed: sign(
        {
          ...(JSON.parse(await member.context.registry()) as Json),
          isDirectory: true,
          proof: undefined,
        },
        instance,
      ),
      /** Consistent in itself: it is signed with the key that it gives as the directory's. */
      resigned: sign(
        { ...list, items: swap(list.items), revoked: [] },
        { ...instance, verificationMethod: own },
      ),
    },
  }
}

/** Returns the paths of a person's two links: of their mandate at the directory, and of their profile at its site. */
export async function openBothLinks(
  { hub, site }: { hub: Reached; site: Reached },
  { id, profile }: { id: string; profile: Facilitator },
): Promise<{ mandate: string; own: string }> {
  const link = async (
    { context }: Reached,
    purpose: 'mandate' | 'own-profile',
    subject: string,
  ) => {
    const mailedTo = (await findReferent(context.db, subject))?.email
    return insertLinkTo(context.db, { purpose, subject, mailedTo }, context.now())
  }
  return {
    mandate: `/referents/mandat/${await link(hub, 'mandate', id)}`,
    own: `/animation/moi/${await link(site, 'own-profile', profile.id)}`,
  }
}

/** Confirms, as the person, on both pages that the profile and the mandate are theirs. */
export async function tieTestProfile(
  sites: { hub: Reached & { origin: string }; site: Reached & { origin: string } },
  person: { id: string; profile: Facilitator },
): Promise<{ mandate: string; own: string; address: string }> {
  const { hub, site } = sites
  const links = await openBothLinks(sites, person)
  const atHub = openBrowser(hub.origin)
  const address = addressOn(await atHub.get(links.mandate))
  const claim = { mandate: address, answer: 'yes' }
  const claimed = await openBrowser(site.origin).post(`${links.own}/mandats`, claim)
  if (!claimed.location?.endsWith('fait=claimed')) throw new Error(claimed.text)
  const offered = `name="profile" value="${person.profile.uri}"`
  await until(async () => (await atHub.get(links.mandate)).text.includes(offered), {
    what: 'the profile on the page of the mandate',
  })
  const tied = await atHub.post(links.mandate, { answer: 'lier', profile: person.profile.uri })
  if (tied.status !== 303) throw new Error(tied.text)
  return { ...links, address }
}

/** Returns the address that the page of a mandate gives, for the page of the profile. */
export const addressOn = ({ text }: Pick<Page, 'text'>): string =>
  /https?:[^<"]+#mandat-[0-9a-f-]{36}/.exec(text)?.[0] ?? ''

/** Stores what the law requires of a site that publishes. */
export async function makeLegal({ context: { db, now } }: Reached): Promise<void> {
  const { id = '' } = (await findSiteStructure(db)) ?? {}
  const profile = { ...emptyProfileFor('Annuaire'), email: 'bonjour@annuaire.example' }
  await saveStructureProfile(db, { id, profile }, now())
  const legal = {
    ...NO_LEGAL_NOTICE,
    legalName: 'Structure',
    legalAddress: '1 rue',
    legalPhone: '02 99 00 00 00',
    publicationDirector: 'Camille',
    hostName: 'Ici',
    hostAddress: 'Ici',
    hostPhone: '02 99 00 00 00',
    dataContact: 'Camille, bonjour@annuaire.example',
  }
  await saveSettings(db, { legal, themeColour: undefined, sourceUrl: undefined }, now())
}

/** Announces a café for a structure, under the mandate of a person who is signed in; returns its id. */
export async function announceForStructure(
  browser: Browser,
  fields: Fields = {},
  code = '35',
): Promise<string> {
  const path = `/administration/cafes/nouveau/${code}`
  const made = await browser.submit(await browser.get(path), path, {
    save: 'publish',
    announcedFor: 'Amicale laïque',
    title: 'L’IA autour d’un café',
    date: '2026-12-12',
    time: '15:00',
    'venue.name': 'Salle des fêtes',
    'venue.town': '35500 Vitré',
    descriptionMarkdown: 'Venez comme vous êtes.',
    ...fields,
  })
  const [id] = /[0-9a-f-]{36}$/.exec(made.location ?? '') ?? []
  if (id === undefined) throw new Error(`${made.status}: ${made.text}`)
  return id
}
