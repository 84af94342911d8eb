import { LRUCache } from 'lru-cache'
import { OVERLAP_HOURS } from '../../../node/domain/federation/actor-key.ts'
import { canMissNewKeys } from '../../../node/domain/federation/software.ts'
import type { HostHabits, SignatureForm } from '../../../node/store/directory/hosts.ts'
import type { Delivery } from '../../../node/store/queues/deliveries.ts'
import { digestOf, signHeaders } from '../../gate/sign-request.ts'
import type { PostAnswer, RequestKey, Services, SigningKey } from '../../services.ts'
import { keyUri } from '../../wire/uris.ts'

/** The statuses by which servers refuse a signature; Lemmy answers 400. */
export const NOT_UNDERSTOOD = [400, 401, 403]

/**
 * The key that each host took last in place of the newest one, so that the host refuses one message and not all of
 * them. It is kept by each process.
 */
const taken = new LRUCache<string, string>({ max: 5_000 })

/**
 * Posts an activity with a signature. The draft-cavage form is tried first, since snac2 answers 202 before it verifies
 * and silently drops RFC 9421. What is not understood is signed again with the former keys that are still published,
 * for a server that remembers the account as it was, and then once in the other form. If all are refused, the answer to
 * the first is returned.
 */
export async function sendSigned(
  services: Pick<Services, 'egress' | 'keyRing'>,
  delivery: Pick<Delivery, 'inbox' | 'body' | 'signer'>,
  { form: known, software }: Pick<HostHabits, 'form' | 'software'>,
): Promise<{ answer: PostAnswer; form: SignatureForm }> {
  const usual: SignatureForm = known ?? 'cavage'
  const other: SignatureForm = usual === 'cavage' ? 'rfc9421' : 'cavage'
  const { rsa, former } = await services.keyRing.keysOf(delivery.signer)
  const newest = canMissNewKeys(software) ? nameByAddress(rsa) : rsa
  const url = new URL(delivery.inbox)
  const memory = `${rsa.keyId} ${url.host}`
  const last = former.find(({ keyId }) => keyId === taken.get(memory))
  const keys = [...new Set<SigningKey>(last ? [last, newest, ...former] : [newest, ...former])]
  const tries = [...keys.map((key) => ({ key, form: usual })), { key: newest, form: other }]
  let first: { answer: PostAnswer; form: SignatureForm } | undefined
  for (const { key, form } of tries) {
    const answer = await post(services, { url, body: delivery.body }, { key, form })
    // activitypub-express answers 500 to a form that it cannot parse, so the other form is tried after that too.
    if (isSuccess(answer) || (!first && !NOT_UNDERSTOOD.includes(answer.status))) {
      if (former.length > 0) taken.set(memory, key.keyId)
      return { answer, form }
    }
    first ??= { answer, form }
  }
  if (!first) throw new Error('there was no key to sign with')
  return first
}

/** Returns whether a key is the first of its account: no server can remember an earlier one. */
export const isFirstKey = ({ keyId }: SigningKey): boolean => keyId.endsWith('#main-key')

/**
 * Returns whether a server may still remember an earlier key in place of this one, as far as we know: for as long as
 * former keys are published, whatever changed them. A key that leaked is published no longer, and is remembered all the
 * same.
 */
export const isYoungKey = (key: RequestKey, now: Temporal.Instant): boolean =>
  !isFirstKey(key) && key.createdAt.until(now).total('hours') < OVERLAP_HOURS

/** Returns the key with its address as its id; the first key of an account was never known by another name. */
const nameByAddress = (key: SigningKey): SigningKey =>
  isFirstKey(key) ? key : { ...key, keyId: keyUri(key.keyId) }

async function post(
  { egress }: Pick<Services, 'egress'>,
  { url, body }: { url: URL; body: string },
  { key, form }: { key: SigningKey; form: SignatureForm },
): Promise<PostAnswer> {
  const headers = { 'content-type': 'application/activity+json' }
  const { bytes, digest } = encode(body)
  const signed = await signHeaders({ method: 'POST', url, headers, body: bytes, digest }, key, form)
  return egress.post(url, { body: bytes, headers: signed })
}

type Encoded = { bytes: Buffer; digest: string }

/** The bodies that were sent last, since one goes to a thousand inboxes. */
const encoded = new LRUCache<string, Encoded>({ max: 16 })

/** Returns the bytes of a body and their digest. */
function encode(body: string): Encoded {
  const known = encoded.get(body)
  if (known) return known
  const bytes = Buffer.from(body)
  const made = { bytes, digest: digestOf(bytes) }
  encoded.set(body, made)
  return made
}

/** Returns whether a server has taken what was posted to it. */
export const isSuccess = ({ status }: Pick<PostAnswer, 'status'>): boolean =>
  status >= 200 && status < 300
