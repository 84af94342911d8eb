import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyRing } from '../../federation/actors/keys.ts'
import { toRelationship } from '../../federation/wire/attestation.ts'
import { addProof } from '../../federation/wire/proof.ts'
import { OPERATOR } from '../../node/domain/cafes/edit.ts'
import type { Network } from '../../node/domain/structures/network.ts'
import type { StructureProfile } from '../../node/domain/structures/structure-profile.ts'
import { planRestoration } from '../../node/jobs/plan-readings.ts'
import { listEdits } from '../../node/store/accounts/acts.ts'
import { saveEdit } from '../../node/store/accounts/saved-edit.ts'
import { findAgreement } from '../../node/store/agreements/agreements.ts'
import { saveOwnStatement } from '../../node/store/agreements/statements.ts'
import { appendErasures, JOURNAL_FILE } from '../../node/store/backup/erasure-journal.ts'
import { findRestoration } from '../../node/store/backup/restoration.ts'
import { toInstantText } from '../../node/store/database/columns.ts'
import { answerRecovery } from '../../node/store/directory/recoveries.ts'
import {
  declareNetwork,
  findKnownNetwork,
  listOwnNetworks,
  OWN_NETWORK,
} from '../../node/store/networks/networks.ts'
import { listDocuments } from '../../node/store/queues/documents.ts'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import {
  insertAttestation,
  listHeldAttestations,
  saveHeldAttestation,
} from '../../node/store/referents/attestations.ts'
import {
  findSiteProfile,
  findStructureProfile,
  saveStructureProfile,
} from '../../node/store/structures/profiles.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { signInByLink } from '../support/admin.ts'
import type { Browser } from '../support/browser.ts'
import { publishTestFacilitator } from '../support/facilitator-profiles.ts'
import { CAFE, peerOf, type Site, startPair, until, untilAtRest } from '../support/network.ts'
import { cancelCafe } from '../support/own-cafes.ts'
import { run } from '../support/program.ts'
import { readable } from '../support/readable.ts'
import { appoint } from '../support/referents.ts'
import { type RemotePeer, startRemotePeer } from '../support/remote-peer.ts'

/**
 * A place burns minutes after its backup, and its directory is silent when it comes back: both end with the last word
 * on each café, and what no machine can decide waits for the team with both versions.
 */

let hub: Site
let node: Site
let reader: RemotePeer
let safe: string
let settings: Record<string, string>
beforeAll(async () => {
  ;[{ hub, node }, reader, safe] = await Promise.all([
    startPair(),
    startRemotePeer(1),
    mkdtemp(join(tmpdir(), 'cafe-ia-safe-')),
  ])
  const { origin, data } = node.context.config
  settings = { ORIGIN: origin, DATA: data, ALLOW_LOOPBACK: '1' }
}, 60_000)
afterAll(async () => {
  await Promise.allSettled([hub.close(), node.close(), reader.close()])
  await rm(safe, { recursive: true, force: true })
})

/**
 * Lets some time pass, as between a backup, a fire and a restore: revisions are dated in whole seconds, and the second of
 * two in one second bears the next.
 */
const passSeconds = () => sleep(2_500)
const VERSIONS = '/administration/sauvegardes/versions'
const idOf = (uri: string) => uri.split('/').at(-1) ?? ''
const statusOf = async (url: string) =>
  (await fetch(url, { headers: { accept: 'text/html' } })).status

const command = (...args: string[]) => run(args, settings, safe).ended()
/** Runs `doctor`, whose lines break where the terminal likes. */
const examine = async () => (await command('doctor')).stdout.replaceAll(/\s+/g, ' ')
const isAtHub = (uri: string, title: string) =>
  until(async () => (await hub.find(uri))?.title === title, { what: title })

async function rename(uri: string, title: string): Promise<void> {
  const { status } = await node.call('PUT', `/cafes/${idOf(uri)}`, { ...CAFE, title })
  expect(status).toBe(200)
}

/** Somebody follows the place after the backup, and the directory reads in the night that they do. */
async function followAfterTheBackup(): Promise<void> {
  const actor = reader.addActor('sacha', {
    preferredUsername: 'sacha',
    endpoints: { sharedInbox: `${reader.origin}/inbox` },
  })
  await reader.send(actor, `${node.origin}/inbox`, {
    ...{ '@context': 'https://www.w3.org/ns/activitystreams', type: 'Follow' },
    ...{ id: `${reader.origin}/follows/${randomUUID()}`, actor: actor.uri },
    object: `${node.origin}/actors/cafes`,
  })
  await until(() => reader.activitiesOf('Accept').length === 1, { what: 'the Accept' })
  const { db, now, wake } = hub.context
  const member = (await peerOf(hub, node))?.id ?? ''
  await enqueueTask(db, { kind: 'follower-servers', subject: member }, now())
  wake()
  const stored = db.selectFrom('follower_server').select('host')
  await until(() => stored.executeTakeFirst(), { what: 'the night' })
}

/** The data of the place are lost, and the backup is restored with the journal while the directory is silent. */
async function burnAndRestore(file: string): Promise<void> {
  const { db, config } = node.context
  await appendErasures(db, join(config.data, 'backups'))
  await untilAtRest(node)
  await Promise.all([node.stop(), hub.stop()])
  await copyFile(join(config.data, 'backups', JOURNAL_FILE), join(safe, JOURNAL_FILE))
  for (const name of await readdir(config.data))
    await rm(join(config.data, name), { recursive: true })
  expect(await command('restore', file)).toMatchObject({ code: 0 })
  await node.start()
  expect((await command('held', '--drop')).code).toBe(0)
}

/** The directory is there again, and its team names the servers of followers. */
async function answer(): Promise<void> {
  await hub.start()
  const { db, now } = node.context
  const ask = async () => {
    await db.deleteFrom('task').where('kind', '=', 'restoration').execute()
    await planRestoration(node.context)
  }
  await ask()
  const member = (await peerOf(hub, node))?.id ?? ''
  const granted = { peerId: member, answer: 'granted' } as const
  await until(() => answerRecovery(hub.context.db, granted, now()), { what: 'the question' })
  await untilAtRest(node)
  await ask()
  await until(async () => (await findRestoration(db))?.directories[0]?.followers === 'answered', {
    what: 'the servers of followers',
  })
}

const person = randomUUID()
const asFuture = () => node.context.now().add({ hours: 24 * 30 })

/** Signs, at the directory, a mandate of the person of the place. */
async function giveMandate(referentId: string, isHeld: boolean): Promise<string> {
  const { db, now, config } = hub.context
  const { signer } = (await createKeyRing(hub.context).keysOf('instance')).ed25519
  const uri = `${config.origin}/attestations/${randomUUID()}`
  const subjectUri = `${node.origin}/animation/${person}`
  const said = { uri, issuer: config.origin, territory: '35', from: now(), until: asFuture() }
  const attestation = { ...said, person: { name: 'Camille', uri: subjectUri }, issuedAt: now() }
  const body = JSON.stringify(addProof(toRelationship(attestation, 'Camille'), signer, now()))
  const given = { uri, referentId, home: node.origin, body, expiresAt: asFuture() }
  await insertAttestation(db, given, now())
  if (isHeld) await saveHeldAttestation(node.context.db, { ...said, subjectUri, body }, now())
  return uri
}

const networkNamed = async (name: string): Promise<Network> => {
  const { db, now, wake } = node.context
  const { id = '' } = (await findSiteStructure(db)) ?? {}
  const home = {
    organizationId: id,
    origin: node.origin,
    actorUri: `${node.origin}/actors/instance`,
  }
  const description = { name, presentation: '', website: undefined }
  const network = await declareNetwork(db, { by: OPERATOR, description, home }, now())
  wake()
  return network
}

async function renameNetwork({ id }: Network, name: string): Promise<void> {
  const { db, now, wake } = node.context
  const decide = (network: Network) => ({ value: { ...network, name } })
  await saveEdit(db, OWN_NETWORK, { id, by: OPERATOR, seen: undefined, decide }, now())
  wake()
}

async function describePlace(changes: Partial<StructureProfile>): Promise<void> {
  const { db, now, wake } = node.context
  const { id = '' } = (await findSiteStructure(db)) ?? {}
  const profile = await findStructureProfile(db, id)
  if (profile) await saveStructureProfile(db, { id, profile: { ...profile, ...changes } }, now())
  wake()
}

const isKept = (text: string) =>
  until(
    async () =>
      (await listDocuments(hub.context.db, { after: '', limit: 100 })).some(({ body }) =>
        body.includes(text),
      ),
    { what: text },
  )

/** What the place says of itself beside its cafés, before its backup. */
async function sayWords() {
  await describePlace({ name: 'Médiathèque de Die', phone: '04 75 00 00 01' })
  const mandates = [`${hub.origin}/territoires/35#mandat-${randomUUID()}`]
  await publishTestFacilitator(node, { handle: person, mandates })
  const referentId = await appoint(hub)
  const [kept, ended] = [await networkNamed('Réseau gardé'), await networkNamed('Réseau fini')]
  await isKept('Réseau fini')
  return { kept, ended, referentId, revoked: await giveMandate(referentId, true) }
}

/** The same after it. */
async function sayMore({ kept, ended, referentId, revoked }: Awaited<ReturnType<typeof sayWords>>) {
  const address = {
    ...{ streetAddress: '1 place', postalCode: '26150', commune: 'Die', codeInsee: '26113' },
    ...{ departement: '26', region: '84' },
  }
  const presentation = {
    presentationMarkdown: 'On **lit**.',
    presentationHtml: '<p>On <strong>lit</strong>.</p>',
  }
  await describePlace({
    phone: '04 75 00 00 02',
    email: 'die@lieu.example',
    address,
    ...presentation,
  })
  await renameNetwork(kept, 'Réseau renommé avant la panne')
  await networkNamed('Réseau perdu')
  const { db, now, wake } = node.context
  const end = { id: ended.id, by: OPERATOR, seen: undefined, decide: () => ({ value: undefined }) }
  await saveEdit(db, OWN_NETWORK, end, now())
  const subjectUri = `${node.origin}/actors/cafes`
  const asked = { kind: 'member-of', subjectUri, objectUri: kept.uri } as const
  await saveOwnStatement(db, { ...asked, side: 'object', isYes: true }, now())
  wake()
  await hub.context.db
    .updateTable('attestation')
    .set({ revoked_at: toInstantText(now()), body: '' })
    .where('uri', '=', revoked)
    .execute()
  const given = await giveMandate(referentId, false)
  for (const text of ['04 75 00 00 02', 'renommé avant', 'Réseau perdu', '"Delete"', '"Offer"'])
    await isKept(text)
  return { given, asked }
}

/** The last words are back; what was changed on both sides waits, and holds once the team has chosen it. */
async function checkWords(admin: Browser, { given, asked }: Awaited<ReturnType<typeof sayMore>>) {
  const { db, now } = node.context
  expect(await findSiteProfile(db)).toMatchObject({
    ...{ name: 'Médiathèque de Die', phone: '04 75 00 00 02', email: 'die@lieu.example' },
    ...{ address: { commune: 'Die' }, presentationMarkdown: 'On **lit**.' },
  })
  const networks = await listOwnNetworks(db)
  expect(networks.map(({ name }) => name).sort()).toEqual([
    'Réseau perdu',
    'Réseau renommé depuis la remise',
  ])
  const atHub = () => findKnownNetwork(hub.context.db, asked.objectUri)
  expect((await atHub())?.name).toBe('Réseau renommé avant la panne')
  const page = await admin.get(VERSIONS)
  for (const words of ['Réseau renommé avant la panne', 'Réseau renommé depuis la remise'])
    expect(page.text).toContain(words)
  await admin.submit(page, VERSIONS, { choix: 'ici' })
  const kept = networks.find(({ uri }) => uri === asked.objectUri)
  const [edit] = await listEdits(db, { type: 'network', id: kept?.id ?? '' }, 1)
  expect(edit).toMatchObject({
    kind: 'team',
    changes: [{ name: 'name', before: 'Réseau renommé avant la panne', isSetAside: true }],
  })
  expect((await findAgreement(db, asked))?.state).toBe('invited')
  const held = await listHeldAttestations(db, `${node.origin}/animation/${person}`, now())
  expect(held.map(({ uri }) => uri)).toEqual([given])
  await isKept('renommé depuis')
  expect((await atHub())?.name).toContain('depuis')
}

test('a place that is restored from a backup of before converges with its directory', {
  timeout: 120_000,
}, async () => {
  const [both, changed, off, gone] = [
    await node.publish({ title: 'Des deux côtés' }),
    await node.publish({ title: 'Changé ensuite' }),
    await node.publish({ title: 'Annulé ensuite' }),
    await node.publish({ title: 'Supprimé ensuite' }),
  ]
  await isAtHub(gone, 'Supprimé ensuite')
  const words = await sayWords()
  await untilAtRest(node)
  const file = join(safe, 'older.tar.gz')
  expect(await command('backup', file)).toMatchObject({ code: 0 })

  // Later the machine burns.
  await passSeconds()
  await rename(both, 'Des deux côtés, avant la panne')
  await rename(changed, 'Changé une fois')
  await rename(changed, 'Changé avant la panne')
  const { db: before, now } = node.context
  await cancelCafe(before, { id: idOf(off), reason: 'Salle fermée' }, now())
  expect((await node.call('DELETE', `/cafes/${idOf(gone)}`)).status).toBe(204)
  const lost = await node.publish({ title: 'Perdu avec la machine' })
  await followAfterTheBackup()
  await isAtHub(lost, 'Perdu avec la machine')
  await until(async () => (await hub.find(off))?.status === 'cancelled')
  const lostWords = await sayMore(words)
  await untilAtRest(node)
  await passSeconds()
  await burnAndRestore(file)
  await passSeconds()

  // The directory is silent: an edit waits, nothing is shown that may be older, and this is said.
  await rename(both, 'Des deux côtés, depuis la remise')
  await renameNetwork(words.kept, 'Réseau renommé depuis la remise')
  expect(await statusOf(lost)).toBe(503)
  expect(await examine()).toMatch(/Remise : .*n’est annoncé qu’après sa réponse/)
  const admin = await signInByLink(node)
  expect((await admin.get('/administration')).text).toContain('L’annuaire n’a pas encore répondu')

  await answer()
  expect((await node.titles()).sort()).toEqual([
    'Annulé ensuite',
    'Changé avant la panne',
    'Des deux côtés, depuis la remise',
    'Perdu avec la machine',
  ])
  // The team can go on editing what came back.
  for (const uri of [changed, lost])
    expect((await node.find(uri))?.descriptionMarkdown).toBe(CAFE.descriptionMarkdown)
  expect(await node.find(off)).toMatchObject({ status: 'cancelled', statusNote: 'Salle fermée' })
  expect(await statusOf(gone)).toBe(410)
  // The directory is told of nothing that the team has to choose.
  expect((await hub.find(both))?.title).toBe('Des deux côtés, avant la panne')
  expect(await examine()).toMatch(/ a répondu le .*2 versions de l’annuaire attendent/)
  expect(readable((await admin.get('/administration')).text)).toContain('2 versions à choisir')
  await checkWords(admin, lostWords)

  const page = await admin.get(VERSIONS)
  expect(page.text).toContain('Des deux côtés, avant la panne')
  expect(page.text).toContain('Des deux côtés, depuis la remise')
  await admin.submit(page, VERSIONS)
  await isAtHub(both, 'Des deux côtés, avant la panne')
  expect((await admin.get(VERSIONS)).text).toContain('Rien n’est à choisir')

  // From here on it goes on as any place does, and the follower of after the backup hears it.
  await rename(both, 'Le dernier mot')
  await isAtHub(both, 'Le dernier mot')
  await rename(changed, 'Changé depuis la remise')
  await isAtHub(changed, 'Changé depuis la remise')
  await until(() => reader.activities.some(({ text }) => text.includes('Le dernier mot')), {
    what: 'the follower',
  })
})
