import { PUBLIC } from './context.ts'
import { idOf, type Json, toList } from './json.ts'

/** ActivityPub §5.6 with its three spellings, and the scheme that some write. */
const SPELLINGS = [PUBLIC, 'as:Public', 'Public', PUBLIC.replace('https:', 'http:')]

/** ActivityStreams 2.0 vocabulary, §4: who may be named in these is addressed. Only the first two make something public. */
const ADDRESSING = ['to', 'cc', 'bto', 'bcc', 'audience']

/**
 * Whether an object is for everybody: Public is in its own `to` or `cc`. An object without any addressing has that of the
 * activity that brought it. Where neither says anything it is public: it was sent to a server that lists public events, or
 * answered at a public address. (Gancio, Mobilizon and WordPress address both, so nothing of theirs depends on this.)
 *
 * @param carrier - The Create or Update around it, here or in a list.
 */
export function isPublic(object: Json, carrier: Json | undefined): boolean {
  const addressed = [object, carrier].find((said) => said !== undefined && isAddressed(said))
  if (!addressed) return true
  return [...toList(addressed.to), ...toList(addressed.cc)].some((to) =>
    SPELLINGS.includes(idOf(to) ?? ''),
  )
}

const isAddressed = (said: Json): boolean =>
  ADDRESSING.some((name) => said[name] !== undefined && said[name] !== null)
