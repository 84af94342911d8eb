import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { LEGAL_MINIMUM } from '../../../node/domain/structures/legal-notice.ts'
import { findCommune } from '../../../node/geo/communes.ts'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { findBackupState, saveBackupState } from '../../../node/store/backup/backup-state.ts'
import { unpublishClaimedCafe } from '../../../node/store/backup/claimed-erasures.ts'
import { saveOtherVersion } from '../../../node/store/backup/other-versions.ts'
import { saveRestoration } from '../../../node/store/backup/restoration.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { updateDuplicates } from '../../../node/store/cafes/duplicates.ts'
import { followCalendar, saveFault } from '../../../node/store/cafes/followed-calendars.ts'
import { saveAsked, saveImportSnapshot } from '../../../node/store/cafes/import-snapshots.ts'
import { replaceListed, saveBlockList } from '../../../node/store/directory/block-list.ts'
import { saveHiddenElsewhere } from '../../../node/store/directory/hidden-elsewhere.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { askRecovery } from '../../../node/store/directory/recoveries.ts'
import { insertNewcomer } from '../../../node/store/facilitators/own-profiles.ts'
import { saveStamp } from '../../../node/store/feeds/stamps.ts'
import { insertAppeal } from '../../../node/store/flags/appeals.ts'
import { saveFlag } from '../../../node/store/flags/cases.ts'
import { decideCase } from '../../../node/store/flags/decisions.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { declareNetwork } from '../../../node/store/networks/networks.ts'
import { insertActivity } from '../../../node/store/queues/activities.ts'
import { insertDeliveries } from '../../../node/store/queues/deliveries.ts'
import { markDeliveryFailed } from '../../../node/store/queues/failed-deliveries.ts'
import { saveHeld } from '../../../node/store/queues/held.ts'
import { insertReferent } from '../../../node/store/referents/referents.ts'
import { saveReport } from '../../../node/store/reports/reports.ts'
import { findMark } from '../../../node/store/search/changed-cafes.ts'
import { saveSuggestedCafe, saveSuggestion } from '../../../node/store/suggestions/suggestions.ts'
import { saveSentNewsletter } from '../../../node/store/territories/newsletters.ts'
import { addRequest } from '../../../node/store/territories/requests.ts'
import { markWebhookStopped } from '../../../node/store/webhooks/messages.ts'
import { insertWebhook } from '../../../node/store/webhooks/webhooks.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { LIBRARY } from '../../support/venues.ts'
import {
  answerLegal,
  becomeUnreachable,
  followDirectory,
  inHours,
  own,
  type Source,
  server,
  writeMail,
} from './to-do-site.ts'

const peerOf = async (host: string, membership: 'requested' | 'member') => {
  const { db, now } = server.context
  const actorUri = `https://${host}.example/actors/instance`
  const peer = await upsertPeer(db, { actorUri, name: host })
  await setMembership(db, peer.id, membership, now())
  return peer.id
}

const announceFrom = async (host: string, changes: object = {}) => {
  const { db, now } = server.context
  const uri = `https://${host}.example/cafes/1`
  const organizer = { uri: `https://${host}.example/actors/x`, name: host, url: uri }
  const peerId = await peerOf(host, 'member')
  const cafe = aCafe({ peerId, uri, url: uri, organizer, venue: LIBRARY, ...changes })
  await saveCafe(db, cafe)
  await updateDuplicates(db, cafe, now())
}

async function failToDeliver(): Promise<void> {
  const { db, now } = server.context
  const uri = 'https://node.example/cafes/told'
  await own({ uri, url: uri })
  const activity = { id: `${uri}#1`, actor: 'cafes', type: 'Update', objectUri: uri, body: '{}' }
  const activitySeq = await insertActivity(db, activity, now())
  const its = { activitySeq, type: 'Update', signer: 'cafes', kind: 'cafe', line: uri } as const
  await insertDeliveries(db, { ...its, inboxes: ['https://sourd.example/inbox'] }, now())
  const last = await db
    .selectFrom('delivery')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  await markDeliveryFailed(db, { id: last.id, error: '400' }, now())
}

/** What a directory's page and its question offer. */
const LEAVE = { via: [/suivis\/[^/]+\/arreter$/], press: /suivis\/[^/]+\/arreter$/ }

/** Does what the worker does once it has told a directory that the site does not ask any more. */
const forgetFollowings = () => server.context.db.deleteFrom('following').execute()

/** Any answer of a server removes its marks. */
const hearAgain = () =>
  server.context.db.updateTable('peer').set({ silent_since: null, failing_since: null }).execute()

/** Stands for the relay, so that no mail about an answer is left to hand over. */
const sendMails = () => server.context.db.deleteFrom('mail').execute()

/** Stands for the backup that was asked for. */
async function backUp(): Promise<void> {
  const { db, now } = server.context
  expect((await findBackupState(db))?.askedAt).toBeDefined()
  const last = { at: now(), file: 'x', bytes: 1 }
  await saveBackupState(db, { since: now(), last, problem: undefined })
}

const SOON = '2026-11-25T10:00:00.000Z'

/** Declares a network of ours, in which a structure has said yes. */
async function declareWithAgreement(name: string, said: object): Promise<void> {
  const { db, now } = server.context
  const actorUri = `${server.origin}/actors/instance`
  const declarer = { organizationId: server.organization.id, origin: server.origin, actorUri }
  const description = { name, presentation: '', website: undefined }
  const { uri } = await declareNetwork(db, { description, home: declarer, by: OPERATOR }, now())
  await db
    .insertInto('agreement')
    .values({
      ...{ kind: 'member-of', object_uri: uri, subject_uri: 'https://x.example/' },
      ...{ subject_name: 'X', offer_id: null, subject_at: now().toString(), object_at: null },
      ...{ ended_at: null, ended_by: null, ...said },
    })
    .execute()
}

/** Flags a café of ours. */
async function flag(id: string) {
  const { db, now } = server.context
  const uri = `https://node.example/cafes/${id}`
  const far = { startsAt: inHours(900), endsAt: inHours(902) }
  await own({ id, uri, url: uri, ...far })
  const of = { kind: 'cafe', uri, path: '/', name: 'x', id, territory: undefined } as const
  const said = { reason: 'paid', words: '15 euros', email: undefined, host: undefined } as const
  return saveFlag(db, { ...of, peerId: undefined }, said, now())
}

export const EVERYONE: Source[] = [
  {
    kind: 'drafts',
    title: '1 brouillon à terminer',
    leads: '/administration/cafes/00000000-0000-4000-8000-000000000001',
    end: { press: /supprimer$/, via: [/supprimer$/] },
    add: () => own({ id: '00000000-0000-4000-8000-000000000001', publication: 'draft' }),
  },
  {
    kind: 'postponed',
    title: '1 café reporté attend sa nouvelle date',
    leads: '/administration/cafes/00000000-0000-4000-8000-000000000002',
    end: { press: /supprimer$/, via: [/supprimer$/] },
    add: () => own({ id: '00000000-0000-4000-8000-000000000002', status: 'postponed' }),
  },
  {
    kind: 'confirm',
    title: 'Ce café a-t-il toujours lieu ?',
    leads: '/administration/cafes/00000000-0000-4000-8000-000000000003/confirmer',
    end: { press: /confirmer$/ },
    add: () => own({ id: '00000000-0000-4000-8000-000000000003', startsAt: inHours(50) }),
  },
  {
    kind: 'reports',
    title: 'Il manque un bilan',
    leads: '/administration/cafes/00000000-0000-4000-8000-000000000008/bilan',
    end: { press: /bilan$/, fields: { participants: '12' } },
    add: () => {
      const id = '00000000-0000-4000-8000-000000000008'
      return own({ id, startsAt: inHours(-20), endsAt: inHours(-18) })
    },
  },
  {
    kind: 'hiddenElsewhere',
    title: '« Caché ailleurs » n’est pas montré par Annuaire cinq',
    leads: '/administration/masques/00000000-0000-4000-8000-000000000004/vu',
    end: { press: /masques\/[^/]+\/vu$/ },
    add: async () => {
      const { db, now } = server.context
      const cafeId = '00000000-0000-4000-8000-000000000004'
      const uri = 'https://node.example/cafes/hidden'
      const far = { startsAt: inHours(900), endsAt: inHours(902) }
      await own({ ...{ id: cafeId, uri, url: uri, title: 'Caché ailleurs' }, ...far })
      await followDirectory('cinq', 'accepted')
      const directory = 'https://cinq.example/actors/instance'
      await saveHiddenElsewhere(db, { cafeId, directory, reason: 'Date passée.' }, now())
    },
  },
  {
    kind: 'differences',
    title: '1 café : l’agenda dit autre chose',
    leads: '/administration/import/differences',
    end: { press: /differences\/[^/]+$/, fields: { choix: 'garder' } },
    add: async () => {
      const { db } = server.context
      const id = '00000000-0000-4000-8000-000000000005'
      await own({ id, ...{ startsAt: inHours(900), endsAt: inHours(902) } })
      await saveImportSnapshot(db, id, { title: '["Le leur"]' })
      await saveAsked(db, id, { title: '["Le leur"]' })
    },
  },
  {
    kind: 'calendars',
    title: '1 agenda suivi a besoin de vous',
    leads: '/administration/import',
    end: { via: [/arreter$/], press: /arreter$/ },
    add: async () => {
      const { db, now } = server.context
      const { id: organizationId } = server.organization
      const asked = { organizationId, publication: 'published', leftOut: [] } as const
      const address = 'https://agenda.example/a.ics'
      const calendar = await followCalendar(db, { ...asked, address }, now())
      const fault = { fault: 'site.unexpected', dueAt: inHours(48) } as never
      const since = now().subtract({ hours: 30 })
      await saveFault(db, { ...calendar, failures: 9, failingSince: since }, fault, now())
    },
  },
]

export const ADMINISTRATORS: Source[] = [
  {
    kind: 'webhooks',
    title: '1 webhook est arrêté',
    leads: '/administration/webhooks',
    end: { press: /reprendre$/ },
    add: async () => {
      const { db, now } = server.context
      const organizationId = server.organization.id
      const { id: tokenId } = await createToken(db, { organizationId, label: 'x' }, now())
      const asked = { organizationId, tokenId, url: 'https://ville.example/', search: '' }
      const { id } = await insertWebhook(db, { ...asked, mark: await findMark(db) }, now())
      await markWebhookStopped(db, id, now())
    },
  },
  {
    kind: 'people',
    title: 'personne demande à figurer parmi celles qui animent',
    leads: '/administration/animation',
    end: { via: [/\/accepter$/], press: /\/accepter$/, after: sendMails },
    add: async () => {
      const { db, now } = server.context
      const organizationId = server.organization.id
      const person = { organizationId, origin: server.origin, name: 'Lou', email: 'l@x.example' }
      await insertNewcomer(db, { ...person, isApproved: false }, now())
      const confirmed = { confirmed_at: now().toString() }
      await db.updateTable('facilitator_contact').set(confirmed).execute()
    },
  },
  {
    kind: 'networks',
    title: '1 réponse est attendue par un réseau',
    leads: '/administration/tetes-de-reseau',
    end: { via: [/reseaux\/un-/, /accueillir/], press: /accueillir/ },
    add: () => declareWithAgreement('Un réseau', { object_at: null }),
  },
  {
    kind: 'networkAnswers',
    title: 'Une réponse à une invitation du réseau « Un autre »',
    leads: '/administration/tetes-de-reseau/reseaux/un-autre',
    end: { press: /reponses-lues$/ },
    add: () => declareWithAgreement('Un autre', { object_at: SOON, answered_at: SOON }),
  },
  {
    kind: 'held',
    title: '1 café reçu attend votre avis',
    leads: '/administration/reseau',
    end: { press: /\/montrer$/ },
    add: () => announceFrom('prix', { hiddenReason: 'price' }),
  },
  {
    kind: 'blockList',
    title: '1 changement dans la liste de blocage',
    leads: '/administration/reseau/blocages/liste',
    end: { press: /liste\/oublier$/ },
    add: async () => {
      const { db, now } = server.context
      const said = { address: undefined, fault: undefined, etag: undefined, unread: 0 }
      await saveBlockList(db, { ...said, lastModified: undefined, readAt: now() })
      const blocks = [{ target: 'spam.example', level: 'block', reason: '' } as const]
      await replaceListed(db, blocks, 'lieu.example')
    },
  },
  {
    kind: 'stamps',
    title: '1 serveur demande à montrer une personne',
    leads: '/administration/reseau/accords',
    end: { press: /accords\/[^/]+\/refuser$/ },
    add: async () => {
      const { db, now } = server.context
      const of = (path: string) => `https://x.example/${path}`
      await saveStamp(db, {
        ...{ kind: 'feature', giver: 'lou', targetUri: `${server.origin}/actors/lou` },
        ...{ instrumentUri: of('list'), requesterUri: of('lea'), inbox: of('inbox') },
        ...{ requestUri: of('request'), state: 'asked', at: now() },
      })
    },
  },
  {
    kind: 'flags',
    title: '1 page signalée à examiner',
    leads: '/administration/a-traiter',
    end: {
      ...{ via: [/a-traiter\/[^/?]+$/], press: /a-traiter\/[^/]+$/ },
      fields: { outcome: 'kept', answer: 'Rien à changer.' },
    },
    add: () => flag('00000000-0000-4000-8000-000000000006'),
  },
  {
    kind: 'appeals',
    title: '1 recours à décider',
    leads: '/administration/a-traiter?etat=recours',
    end: {
      ...{ via: [/a-traiter\/[^/?]+$/], press: /a-traiter\/[^/]+$/ },
      fields: { outcome: 'kept', answer: 'Rien à changer.' },
    },
    add: async () => {
      const { db, now } = server.context
      const { flagCase, flagId } = await flag('00000000-0000-4000-8000-000000000007')
      const by = { kind: 'team', name: 'Noa' } as const
      const kept = { outcome: 'kept', answer: 'Gratuit.', by, accountId: 'x' } as const
      await decideCase(db, { id: flagCase.id, ...kept }, now())
      await insertAppeal(db, { caseId: flagCase.id, flagId, words: 'Non.' }, now())
    },
  },
  {
    kind: 'undelivered',
    title: '1 site n’a pas vos cafés tels qu’ils sont maintenant',
    leads: '/administration/reseau',
    end: { press: /envois\/reessayer$/ },
    add: failToDeliver,
  },
]

export const PLACE: Source[] = [
  {
    kind: 'joinAsked',
    title: 'Annuaire un n’a pas encore répondu à votre demande',
    leads: '/administration/reseau',
    end: { ...LEAVE, after: forgetFollowings },
    add: () => followDirectory('un', 'asked'),
  },
  {
    kind: 'joinRefused',
    title: 'Annuaire deux n’accepte pas vos cafés',
    leads: '/administration/reseau',
    end: { ...LEAVE, after: forgetFollowings },
    add: () => followDirectory('deux', 'refused'),
  },
  {
    kind: 'joinFailed',
    title: 'Annuaire trois est introuvable',
    leads: '/administration/reseau',
    end: { ...LEAVE, after: forgetFollowings },
    add: () => followDirectory('trois', 'failed'),
  },
  {
    kind: 'directorySilent',
    title: 'Annuaire quatre ne répond plus',
    leads: '/administration/reseau/:id/reessayer',
    end: { press: /reessayer$/, after: hearAgain },
    add: async () => {
      await followDirectory('quatre', 'accepted')
      await becomeUnreachable('quatre')
    },
  },
  {
    kind: 'mailsByHand',
    title: '1 courriel à envoyer vous-même',
    leads: '/administration/courriels',
    end: { press: /\/remis$/ },
    add: writeMail,
  },
  {
    kind: 'legal',
    title: 'Rien ne peut être publié pour le moment',
    leads: '/administration/reglages#dataContact',
    end: { press: /reglages$/, fields: { dataContact: '02 99 00 00 00' } },
    add: () => answerLegal(LEGAL_MINIMUM.filter((field) => field !== 'dataContact')),
  },
]

export const SAFETY: Source[] = [
  {
    kind: 'backup',
    title: 'Pas de sauvegarde récente',
    leads: '/administration/sauvegardes/maintenant',
    end: { press: /sauvegardes\/maintenant$/, after: backUp },
    add: () => {
      const since = inHours(-49)
      const state = { since, last: undefined, problem: undefined }
      return saveBackupState(server.context.db, state)
    },
  },
  {
    kind: 'closed',
    title: 'Les pages de ce site ne sont pas montrées',
    leads: '/administration/sauvegardes',
    end: { press: /ouvrir$/ },
    add: async () => {
      const since = server.context.now()
      const uris = ['https://annuaire.example/actors/instance']
      const closed = { since, at: since, isLost: false, isClosed: true }
      await saveRestoration(server.context.db, { ...closed, uris })
    },
  },
  {
    kind: 'versions',
    title: 'Une version à choisir : ici, ou à l’annuaire',
    leads: '/administration/sauvegardes/versions',
    end: { press: /versions$/, fields: { choix: 'ici' } },
    add: async () => {
      const cafe = aCafe()
      const version = { cafeId: cafe.id, directory: 'annuaire.example', cafe }
      await saveOtherVersion(server.context.db, { ...version, reason: 'key' })
    },
  },
  {
    kind: 'claimed',
    title: 'Une suppression à confirmer',
    leads: '/administration/sauvegardes',
    end: { press: /effaces$/, fields: { choix: 'remettre' } },
    add: async () => {
      const { db, now } = server.context
      const id = randomUUID()
      const uri = `https://ici.example/cafes/${id}`
      await own({ id, uri, startsAt: inHours(900), endsAt: inHours(902) })
      const said = { uri, directory: 'annuaire.example', at: now() }
      await unpublishClaimedCafe(db, said, now())
    },
  },
  {
    kind: 'backupCopy',
    title: 'Les sauvegardes ne sont plus copiées ailleurs',
    leads: '/administration/sauvegardes/maintenant',
    end: { press: /sauvegardes\/maintenant$/, after: backUp },
    add: () => {
      const since = inHours(-49)
      const late = { since, last: undefined, problem: 'x' }
      const state = { ...late, copyFailingSince: since }
      return saveBackupState(server.context.db, state)
    },
  },
  {
    kind: 'restored',
    title: 'Rien ne part de ce site',
    leads: '/administration/sauvegardes',
    end: { press: /retenu$/, fields: { choix: 'envoyer' } },
    add: () => saveHeld(server.context.db, server.context.now()),
  },
]

export const DIRECTORY: Source[] = [
  {
    kind: 'suggestions',
    title: '1 café proposé à lire',
    leads: '/administration/cafes/00000000-0000-4000-8000-000000000009',
    end: { via: [/supprimer$/], press: /supprimer$/, fields: { reason: 'Payant.' } },
    add: async () => {
      const { db, now } = server.context
      const id = '00000000-0000-4000-8000-000000000009'
      const far = { startsAt: inHours(900), endsAt: inHours(902) }
      await own({ id, publication: 'draft', announcedFor: 'Amicale', ...far })
      const typed = { title: 'Atelier' }
      const suggested = await saveSuggestion(db, { email: 'sol@x.example', typed }, now())
      await saveSuggestedCafe(db, { ...suggested, cafeId: id })
    },
  },
  {
    kind: 'numbers',
    title: '1 nombre à confirmer',
    leads: '/administration/reseau/masques#nombres',
    end: { press: /compter$/ },
    add: async () => {
      const { db, now } = server.context
      const id = '00000000-0000-4000-8000-00000000000a'
      const past = { startsAt: inHours(-30), endsAt: inHours(-28) }
      await announceFrom('vantard', { id, ...past })
      await saveReport(db, {
        ...{ cafeId: id, organizationId: undefined, uri: 'https://vantard.example/r/1' },
        ...{ isHeld: true, participants: 90_000, firstTimers: undefined, format: undefined },
        ...{ nextSteps: undefined, words: undefined, isTextPublic: true, picture: undefined },
        ...{ pictureAlt: undefined, isPicturePublic: false, isCounted: false },
        ...{ hiddenReason: undefined, createdAt: now(), updatedAt: now(), questions: [] },
      })
    },
  },
  {
    kind: 'recoveries',
    title: 'Un lieu a perdu ses données',
    leads: '/administration/reseau',
    end: { press: /reprise$/, fields: { choix: 'donner' } },
    add: async () => {
      const { db, now } = server.context
      await askRecovery(db, await peerOf('perdu', 'member'), now())
    },
  },
  {
    kind: 'requests',
    title: '1 site demande à rejoindre l’annuaire',
    leads: '/administration/reseau',
    end: { press: /\/accepter$/, via: [/reseau\/[\da-f-]{16,36}$/] },
    add: () => peerOf('demande', 'requested'),
  },
  {
    kind: 'failing',
    title: '1 site ne répond plus',
    leads: '/administration/reseau?etat=ne-repondent-plus',
    end: { press: /\/reessayer$/, after: hearAgain },
    add: async () => {
      await peerOf('muet', 'member')
      await becomeUnreachable('muet')
    },
  },
  {
    kind: 'duplicates',
    title: 'peut-être annoncé deux fois',
    leads: '/administration/doublons',
    end: { press: /doublons$/ },
    add: async () => {
      await announceFrom('un')
      await announceFrom('deux')
    },
  },
  {
    kind: 'proposals',
    title: '1 proposition de référente ou de référent',
    leads: '/administration/referents',
    end: { via: [/referents\/[\da-f-]{36}$/], press: /\/retirer$/ },
    add: () => {
      const { db, now } = server.context
      const person = { name: 'Claire', word: 'neutre', email: 'c@lieu.example' } as const
      const startsOn = Temporal.PlainDate.from('2026-12-01')
      const days = { startsOn, endsOn: startsOn.add({ years: 1 }) }
      const proposal = { territory: '35', ...person, proposedBy: 'Un lieu', ...days }
      return insertReferent(db, proposal, now())
    },
  },
  {
    kind: 'cafeRequests',
    title: '1 commune où l’on aimerait un café',
    leads: '/administration/demandes/vues',
    end: { press: /demandes\/vues$/ },
    add: () => {
      const commune = findCommune('35238')
      if (!commune) throw new Error('no commune')
      const { db, now } = server.context
      return addRequest(db, { visitor: '192.0.2.1', commune }, now())
    },
  },
  {
    kind: 'newsletter',
    title: 'La lettre est à envoyer',
    leads: '/administration/lettre',
    end: { press: /envoyee$/ },
    add: () =>
      saveSentNewsletter(server.context.db, { cafes: [], stillListed: [] }, inHours(-15 * 24)),
  },
]
