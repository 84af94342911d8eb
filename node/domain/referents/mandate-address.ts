import type { Referent } from './referent.ts'

/** A mandate as a profile names it. The address gives no access, and leads to the page of its territory. */
export type MandateAddress = {
  uri: string
  /** The origin of the directory. */
  origin: string
  host: string
  /** The code of the territory, e.g. `35`. */
  territory: string
}

/**
 * Returns the address of a mandate: `{directory}/territoires/{code}#mandat-{id}`. `origin` is the directory's own,
 * without a trailing slash.
 */
export const mandateUri = (origin: string, { territory, id }: Pick<Referent, 'territory' | 'id'>) =>
  `${origin}/territoires/${territory}#mandat-${id}`

const PATTERN =
  /^(https?:\/\/[^/\s?#\\@]{1,255})\/territoires\/((?:[rec]-)?[0-9AB]{2,9})#mandat-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Parses the address of a mandate as `mandateUri` writes it; undefined for anything else. */
export function parseMandateUri(text: string): MandateAddress | undefined {
  const [uri, origin = '', territory = ''] = PATTERN.exec(text) ?? []
  if (uri === undefined || !URL.canParse(origin)) return undefined
  const url = new URL(origin)
  return url.origin === origin ? { uri, origin, host: url.host, territory } : undefined
}

/** The maximum number of mandates that a profile may name as its person's. */
export const CLAIMED_MANDATES = 5
