import type { Referent } from './referent.ts'

/** A mandate as a profile names it: it opens nothing, and leads to the page of its territory. */
export type MandateAddress = {
  uri: string
  /** Of the directory. */
  origin: string
  host: string
  /** `35` */
  territory: string
}

/** `{directory}/territoires/{code}#mandat-{id}`; `origin` is the directory's own, without a trailing slash. */
export const mandateUri = (origin: string, { territory, id }: Pick<Referent, 'territory' | 'id'>) =>
  `${origin}/territoires/${territory}#mandat-${id}`

const PATTERN =
  /^(https?:\/\/[^/\s?#\\@]{1,255})\/territoires\/((?:[rec]-)?[0-9AB]{2,9})#mandat-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Undefined for anything that is not the address of a mandate, written as `mandateUri` writes it. */
export function parseMandateUri(text: string): MandateAddress | undefined {
  const [uri, origin = '', territory = ''] = PATTERN.exec(text) ?? []
  if (uri === undefined || !URL.canParse(origin)) return undefined
  const url = new URL(origin)
  return url.origin === origin ? { uri, origin, host: url.host, territory } : undefined
}

/** Of how many mandates a profile may say that they are its person's. */
export const CLAIMED_MANDATES = 5
