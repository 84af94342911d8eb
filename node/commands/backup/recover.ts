import { createActorKeys } from '../../../federation/actors/keys.ts'
import { readOwnCafe } from '../../../federation/peers/own-texts.ts'
import { createEgress } from '../../../federation/remote/egress.ts'
import { EgressError } from '../../../federation/remote/egress-error.ts'
import type { Egress } from '../../../federation/services.ts'
import { isObject } from '../../../federation/wire/json.ts'
import { parseStrictJson } from '../../../federation/wire/strict-json.ts'
import { actorUri, CAFES, INSTANCE } from '../../../federation/wire/uris.ts'
import type { Context } from '../../context.ts'
import { OPERATOR } from '../../domain/cafes/edit.ts'
import { readFollowAddress } from '../../domain/federation/follow-address.ts'
import { openRegistry, type Registry, verifyLine } from '../../domain/federation/verification.ts'
import { emptyProfileFor } from '../../domain/structures/structure-profile.ts'
import { plural } from '../../domain/values/number-text.ts'
import { nodePrimitives } from '../../formats/web/verification-primitives.ts'
import { VERSION } from '../../program/version.ts'
import { countShown } from '../../store/backup/claimed-erasures.ts'
import { type RecoveredCafe, saveRecoveredCafe } from '../../store/backup/recovered-cafes.ts'
import { saveRestoration } from '../../store/backup/restoration.ts'
import { renewOwnToCome } from '../../store/cafes/own-cafes.ts'
import type { Database } from '../../store/database/database.ts'
import { insertActorKey, listKeyHolders } from '../../store/directory/actor-keys.ts'
import { findStructureProfile, saveStructureProfile } from '../../store/structures/profiles.ts'
import { findSiteStructure } from '../../store/structures/site-structure.ts'
import { CommandError } from '../command-error.ts'
import { createProgressLine } from '../progress-line.ts'
import { confirmRegistry, REGISTRY_BYTES } from '../verify.ts'
import { restorePictures } from './recovered-pictures.ts'

/** The maximum number of bytes of the copies, many times what a place announces in all its years. */
const COPIES_BYTES = 256 * 1024 ** 2

type Copies = {
  cafes: RecoveredCafe[]
  /** The name of who signed them. */
  name: string | undefined
  /** Number of texts whose signature does not hold, or that are not of this site. */
  refused: number
}

/**
 * Restores a site that lost its data and has no backup: takes its public cafés from the copies that a directory keeps,
 * each under its former address and as this site signed it. What it asks for, everybody may read; nothing is asked of
 * the directory's team. The site gets new keys under new ids, since what others have under the former ids they must
 * fetch anew.
 *
 * @param address - The address of the directory, as typed.
 * @returns What was recovered and what was not, in French.
 * @throws CommandError in one sentence; nothing is changed then.
 */
export async function restoreFromDirectory(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  address: string,
): Promise<string> {
  const asked = readFollowAddress(address)
  if (!asked || !URL.canParse(asked.address))
    throw new CommandError(`"${address}" n’est pas l’adresse d’un annuaire.`)
  const directory = new URL(asked.address).origin
  await refuseFilled(db)
  const egress = createEgress({
    allow: config.allowLoopback,
    proxy: config.egressProxy,
    userAgent: `cafe-ia/${VERSION} (+${config.origin}/)`,
  })
  try {
    const registry = await readRegistry(egress, { directory, now: now().epochMilliseconds })
    const copies = await readCopies(egress, { directory, registry, origin: config.origin }, now())
    if (copies.cafes.length === 0)
      throw new CommandError(
        `${new URL(directory).host} n’a aucun café signé par ${config.origin}${copies.refused > 0 ? ` (${plural(copies.refused, 'texte refusé', 'textes refusés')})` : ''}. Vérifiez CAFE_IA_ORIGIN.`,
      )
    const organization = await findSiteStructure(db)
    if (!organization) throw new Error('a site has a structure')
    const images = await restorePictures({ db, config, now }, egress, {
      ...{ directory, organizationId: organization.id, cafes: copies.cafes },
      organizer: actorUri(config.origin, CAFES),
    })
    const cafes = copies.cafes.map((cafe) => ({ ...cafe, image: images.get(cafe.uri) }))
    const toCome = await save({ db, config }, { ...copies, cafes, organization, directory }, now())
    return describe({ ...copies, cafes }, { toCome, host: new URL(directory).host })
  } catch (error) {
    if (error instanceof EgressError)
      throw new CommandError(
        `${new URL(directory).host} ne répond pas comme un annuaire : ${error.message}`,
      )
    throw error
  } finally {
    await egress.close()
  }
}

async function refuseFilled(db: Database): Promise<void> {
  if ((await countShown(db)) > 0)
    throw new CommandError(
      'Ce site a déjà des cafés ou des profils : rien n’est repris. « recover » est pour un site qui a tout perdu.',
    )
}

async function readRegistry(
  egress: Egress,
  { directory, now }: { directory: string; now: number },
): Promise<Registry> {
  const { text } = await get(egress, `${directory}/registry.json`, REGISTRY_BYTES)
  const registry = await openRegistry(text, { primitives: nodePrimitives, now })
  if (
    !registry ||
    typeof registry === 'string' ||
    registry.issuer !== actorUri(directory, INSTANCE)
  )
    throw new CommandError(`${new URL(directory).host} n’a pas de registre de clés qui vaille.`)
  await confirmRegistry(registry, egress)
  return registry
}

async function get(egress: Egress, url: string, maxBytes: number) {
  const answer = await egress.get(url, { accept: '*/*', maxBytes })
  if (answer.status !== 200 || new URL(answer.url).origin !== new URL(url).origin)
    throw new EgressError('status', `${url} a répondu ${answer.status}`, answer.status)
  return answer
}

/** Reads what this origin signed, according to its keys in the registry, as far as it can be read. */
async function readCopies(
  egress: Egress,
  { directory, registry, origin }: { directory: string; registry: Registry; origin: string },
  now: Temporal.Instant,
): Promise<Copies> {
  const organizer = actorUri(origin, CAFES)
  const query = new URLSearchParams({ organizer, from: '2000-01-01', openTo: 'all' })
  const { text } = await get(egress, `${directory}/export/cafes.ndjson?${query}`, COPIES_BYTES)
  const lines = text.split('\n').filter((line) => line !== '')
  const copies: Copies = { cafes: [], name: undefined, refused: 0 }
  const against = { registry, primitives: nodePrimitives, now: now.epochMilliseconds }
  const progress = createProgressLine()
  const known = new Set<string>()
  for (const [index, body] of lines.entries()) {
    progress.report({ step: 'cafés', done: index, total: lines.length })
    const { verdict, publisher } = await verifyLine(body, index + 1, against)
    const cafe = verdict === 'valid' ? await readCafe(body, { origin, now }) : undefined
    if (!cafe || known.has(cafe.uri)) {
      copies.refused += 1
      continue
    }
    known.add(cafe.uri)
    copies.name = publisher
    copies.cafes.push(cafe)
  }
  progress.report({ step: 'cafés', done: lines.length, total: lines.length })
  progress.end()
  return copies
}

async function readCafe(
  body: string,
  { origin, now }: { origin: string; now: Temporal.Instant },
): Promise<RecoveredCafe | undefined> {
  try {
    const document = parseStrictJson(body)
    return isObject(document) ? await readOwnCafe(document, { origin, body }, now) : undefined
  } catch {
    return undefined
  }
}

/**
 * Saves the cafés.
 * @returns How many of them are upcoming: these are signed anew, by the new keys, once the server runs.
 */
async function save(
  { db, config }: Pick<Context, 'db' | 'config'>,
  {
    cafes,
    name,
    organization,
    directory,
  }: Copies & { organization: { id: string; name: string }; directory: string },
  now: Temporal.Instant,
): Promise<number> {
  const { origin } = config
  const isNew = (await listKeyHolders(db)).length === 0
  const keys = await Promise.all(
    (isNew ? [INSTANCE, CAFES] : []).map((actor) =>
      createActorKeys(origin, actor, { now, isFirst: false }),
    ),
  )
  const chosen = organization.name === new URL(origin).hostname ? name : undefined
  const organizer = {
    uri: actorUri(origin, CAFES),
    name: chosen ?? organization.name,
    url: `${origin}/`,
  }
  return db.transaction().execute(async (trx) => {
    // Somebody may meanwhile have begun to announce or to recover.
    await refuseFilled(trx)
    for (const key of keys.flat()) await insertActorKey(trx, key)
    if (chosen !== undefined) await rename(trx, { id: organization.id, name: chosen }, now)
    // What a series says of all dates is taken from the last one, which the fewest people have changed by hand.
    for (const cafe of cafes.toSorted(byStart))
      await saveRecoveredCafe(
        trx,
        cafe,
        { organizationId: organization.id, organizer, by: OPERATOR },
        now,
      )
    await saveRestoration(trx, {
      ...{ since: now, at: now, isLost: true, isClosed: false },
      uris: [actorUri(directory, INSTANCE)],
    })
    return renewOwnToCome(trx, now)
  })
}

/** Orders the cafés, the one that begins last first. */
const byStart = (one: RecoveredCafe, other: RecoveredCafe): number =>
  Temporal.Instant.compare(other.content.startsAt, one.content.startsAt)

async function rename(
  trx: Database,
  { id, name }: { id: string; name: string },
  now: Temporal.Instant,
): Promise<void> {
  const profile = (await findStructureProfile(trx, id)) ?? emptyProfileFor(name)
  await saveStructureProfile(trx, { id, profile: { ...profile, name } }, now)
}

function describe(
  { cafes, refused }: Copies,
  { toCome, host }: { toCome: number; host: string },
): string {
  const back = cafes.filter(({ image }) => image !== undefined).length
  const gone = cafes.filter(({ image, picture }) => picture && !image).length
  return `${plural(cafes.length, 'café est revenu', 'cafés sont revenus')} de ${host}, dont ${toCome} à venir, à la même adresse qu’avant.${
    refused > 0
      ? `\n${plural(refused, 'texte n’est pas repris : sa signature ne vaut pas', 'textes ne sont pas repris : leur signature ne vaut pas')}.`
      : ''
  }${back > 0 ? `\n${plural(back, 'café a de nouveau son image', 'cafés ont de nouveau leur image')}, en petit : ${host} n’en garde pas d’autre. Choisissez de nouveau l’originale si vous l’avez.` : ''}

Ne sont pas revenus :
  les brouillons et les cafés qui n’étaient pas montrés par cet annuaire ;
${gone > 0 ? `  les images de ${plural(gone, 'café', 'cafés')} : choisissez-les de nouveau ;\n` : ''}  le logo du lieu et ceux de ses partenaires ;
  les profils des personnes, qui donnent de nouveau leur accord ;
  les comptes, les réglages et les accès des logiciels.

Vos abonnés : si ${host} sait quels serveurs vous suivaient, il le redit à ce site une fois que son équipe est d’accord. Appelez-la. L’administration, page « Sauvegardes », dit ce qu’elle a répondu.

Le site a de nouvelles clés. Écrivez CAFE_IA_HUB=${host} dans les réglages, démarrez (cafe-ia start), puis relisez vos cafés : ce que l’annuaire a gardé vaut ce que vaut l’annuaire.`
}
