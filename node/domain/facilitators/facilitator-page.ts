import type { Facilitator } from './facilitator.ts'

/**
 * Returns the last segment of the address of a person's page: on their own site the alias or else the handle, at a
 * directory e.g. `h4k7m2p9qx@mediatheque.example`. It is the same whenever the directory is built anew.
 */
export const facilitatorPageId = ({
  handle,
  alias = handle,
  peerId,
  uri,
}: Pick<Facilitator, 'handle' | 'alias' | 'peerId' | 'uri'>): string =>
  peerId === undefined ? alias : `${handle}@${new URL(uri).host}`

/**
 * The possible addresses of the profile that a directory's page `h4k7m2p9qx@mediatheque.example` is about, the
 * likeliest first; empty when it is no such id.
 */
export function urisOfFacilitatorPage(id: string): string[] {
  const [, handle, host] = /^([a-z0-9][a-z0-9-]{0,79})@([^@/\s?#\\]{1,255})$/.exec(id) ?? []
  return ['https', 'http']
    .map((scheme) => `${scheme}://${host}/animation/${handle}`)
    .filter((uri) => host !== undefined && URL.canParse(uri))
}
