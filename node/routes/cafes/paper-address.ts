import { paths } from '../../../ui/paths.ts'
import { type Cafe, isOurs, pageOf } from '../../domain/cafes/cafe.ts'
import { shortCodeOf } from '../../domain/values/short-code.ts'

/**
 * Returns the address of a café that stands on paper, as text and as a QR code: the short one of ours, the page of
 * another server's. `origin` is this server's own.
 */
export const paperAddressOf = (cafe: Cafe, origin: string): string =>
  isOurs(cafe) ? origin + paths.shortAddress(shortCodeOf(cafe.id)) : pageOf(cafe)
