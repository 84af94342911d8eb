import type { Asked, Context } from '../../node/context.ts'
import { isBlocked } from '../../node/store/directory/blocks.ts'
import { listRemoteKeys } from '../../node/store/directory/remote-actors.ts'
import { parsePublicPem } from '../remote/public-keys.ts'
import { readSignature } from './signature.ts'

/**
 * Finds who signed a request to read, among the actors whose keys we keep: everything that is told to some and not to
 * others is told to servers that we know. Nothing is fetched, so that answering a question makes no request. Undefined
 * for anybody else.
 */
export async function findAsker(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  { method, path, headers }: Asked,
): Promise<string | undefined> {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  const body = new Uint8Array()
  const signature = readSignature({ method, path, headers, body, origin: config.origin }, now())
  if ('refused' in signature) return undefined
  const [actor = ''] = signature.keyId.split('#', 1)
  if (!URL.canParse(actor) || (await isBlocked(db, actor))) return undefined
  for (const { keyId, pem } of await listRemoteKeys(db, actor)) {
    const key = keyId === signature.keyId ? parsePublicPem(pem) : undefined
    if (key && signature.verify(key)) return actor
  }
  return undefined
}
