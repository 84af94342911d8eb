import type { Context } from '../../node/context.ts'
import {
  type Facilitator,
  isShownTo,
  visibleTo,
} from '../../node/domain/facilitators/facilitator.ts'
import { escapeHtml } from '../../node/domain/values/escape-html.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findOwnByActor, nameOfTerritory } from '../../node/store/facilitators/recipients.ts'
import { actorUri } from '../wire/uris.ts'
import type { OwnActor } from './own-actor.ts'

/** The account of a person who leads cafés, which can be followed from Mastodon and similar software. */

/** Returns whether the person agreed both to be followed and to be seen by everybody. */
export const hasAccount = (facilitator: Facilitator, now: Temporal.Instant): boolean =>
  facilitator.fediverse &&
  facilitator.actorUri !== undefined &&
  isShownTo(facilitator, 'public', now)

/** Finds the profile behind an account of ours, as far as everybody may read it; undefined when there is none. */
export async function findFacilitatorBehind(
  { config, now }: Pick<Context, 'config' | 'now'>,
  identifier: string,
  trx: Database,
): Promise<Facilitator | undefined> {
  const facilitator = await findOwnByActor(trx, actorUri(config.origin, identifier))
  return facilitator && hasAccount(facilitator, now())
    ? visibleTo(facilitator, 'public', now())
    : undefined
}

/** Returns the actor of a person. It is in French, like every account of ours. */
export function toFacilitatorActor(person: Facilitator): OwnActor {
  const presentation = person.presentation
    ? `<p>${escapeHtml(person.presentation).replaceAll('\n', '<br>')}</p>`
    : ''
  return {
    identifier: person.handle,
    username: person.alias,
    type: 'Person',
    name: person.name,
    summaryHtml: `<p>${ROLES[person.word]} des rencontres gratuites pour parler d’intelligence artificielle. Ce compte annonce les cafés que cette personne anime ; personne ne lit les réponses ici.</p>${presentation}`,
    facts: factsOf(person),
    picture: person.photo && { url: person.photo.url, alt: person.photo.alt },
    path: new URL(person.url).pathname,
  }
}

const ROLES: Record<Facilitator['word'], string> = {
  animatrice: 'Animatrice de cafés IA,',
  animateur: 'Animateur de cafés IA,',
  neutre: 'Anime des cafés IA,',
}

const factsOf = (person: Facilitator): OwnActor['facts'] =>
  [
    { name: 'Territoire', value: nameOfTerritory(person.territory) },
    { name: 'Formats', value: person.formats.join(', ') },
    { name: 'Thèmes', value: person.themes.join(', ') },
  ].flatMap(({ name, value }) => (value ? [{ name, value: escapeHtml(value) }] : []))

/** Returns whether this address is that of a person's account here. */
export const isFacilitatorActor = async (trx: Database, uri: string): Promise<boolean> =>
  (await findOwnByActor(trx, uri)) !== undefined
