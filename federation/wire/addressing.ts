import { PUBLIC } from './context.ts'
import { idOf, type Json, toList } from './json.ts'

/** The three spellings of the public collection (ActivityPub §5.6), and one with the scheme that some write. */
const SPELLINGS = [PUBLIC, 'as:Public', 'Public', PUBLIC.replace('https:', 'http:')]

/**
 * The properties that address somebody (ActivityStreams 2.0 vocabulary, §4). Only the first two make an object public.
 */
const ADDRESSING = ['to', 'cc', 'bto', 'bcc', 'audience']

/**
 * Returns whether an object is for everybody: Public is in its own `to` or `cc`. An object without any addressing has
 * that of the activity that brought it. An activity that addresses nobody was sent by `bto` or `bcc`, which its server
 * removes before delivery (ActivityPub §6.2): it is for its recipients alone. An object that came without an activity,
 * at its own address or bare in a list, and addresses nobody is public, since everybody can read it there. (Gancio,
 * Mobilizon and WordPress address both.)
 *
 * @param carrier - The Create or Update around it, here or in a list.
 */
export function isPublic(object: Json, carrier: Json | undefined): boolean {
  const addressed = [object, carrier].find((said) => said !== undefined && isAddressed(said))
  if (!addressed) return carrier === undefined
  return [...toList(addressed.to), ...toList(addressed.cc)].some((to) =>
    SPELLINGS.includes(idOf(to) ?? ''),
  )
}

const isAddressed = (said: Json): boolean =>
  ADDRESSING.some((name) => said[name] !== undefined && said[name] !== null)
