import type { RequesterAnswer, RequesterCafe } from '../../node/domain/federation/requester.ts'
import { isPhone } from '../../node/domain/values/contact.ts'
import { isKind } from '../../node/domain/values/structure-kinds.ts'
import { toWebAddress } from '../../node/domain/values/web-address.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import { withoutResting } from '../remote/resting-hosts.ts'
import type { Services } from '../services.ts'
import { isObject, type Json, originOf, textOf, toList } from '../wire/json.ts'
import { fromEvent } from '../wire/read-event.ts'
import { actorUri, CAFES } from '../wire/uris.ts'
import { addressOf } from './read-structures.ts'

/** The deadline is short, since a person waits for a page. */
const DEADLINE_MS = 3_000
const TEXT_MAX = 200
const MOST_CAFES = 5

/**
 * Finds what a site that asks to be in this directory says about itself now, and its next cafés, as it tells them to
 * everybody. Nothing of it is stored, since it is no member.
 */
export async function findRequester(
  { egress, hosts, sign }: Pick<Services, 'egress' | 'hosts' | 'sign'>,
  origin: string,
  now: Temporal.Instant,
): Promise<RequesterAnswer> {
  const awake = withoutResting(egress, hosts)
  const uri = actorUri(origin, CAFES)
  const read = async (address: string): Promise<Json | undefined> => {
    try {
      const { url, json } = await awake.getJson(address, { sign, deadlineMs: DEADLINE_MS })
      return originOf(url) === origin && isObject(json) ? json : undefined
    } catch {
      // Whatever prevents the answer, the page says that there was none.
      return undefined
    }
  }
  const [actor, upcoming] = await Promise.all([read(uri), read(`${uri}/upcoming?page=first`)])
  if (actor?.id !== uri) return { outcome: 'silent' }
  const kind = textOf(actor.kind)
  return {
    outcome: 'found',
    kind: kind !== undefined && isKind(kind) ? kind : undefined,
    address: addressOf(actor),
    phone: phoneOf(actor),
    website: toWebAddress(textOf(actor.website) ?? ''),
    cafes: upcoming && cafesOf(upcoming, { origin, now }),
  }
}

/** Returns the telephone number among the facts of an account: see `factsOf` in `actors.ts`. */
const phoneOf = ({ attachment }: Json): string | undefined =>
  toList(attachment)
    .filter(isObject)
    .filter(({ name }) => name === 'Téléphone')
    .map(({ value }) => cleanText(textOf(value) ?? '', TEXT_MAX))
    .find(isPhone)

const cafesOf = (
  page: Json,
  { origin, now }: { origin: string; now: Temporal.Instant },
): RequesterCafe[] =>
  [...toList(page.orderedItems), ...toList(page.items)]
    .slice(0, MOST_CAFES)
    .filter(isObject)
    .flatMap((item) => {
      const event = fromEvent(item, now)
      if ('refused' in event || originOf(event.uri) !== origin) return []
      const { content, venue, url, hasPrice } = event
      const { title, startsAt, timezone = 'Europe/Paris', openTo, status } = content
      return [{ title, url, startsAt, timezone, commune: venue?.commune, hasPrice, openTo, status }]
    })
