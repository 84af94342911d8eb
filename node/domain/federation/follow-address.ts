import { isHandle, isLoopbackHost, toFollowAddress } from '../values/host.ts'
import { completeWebAddress } from '../values/web-address.ts'

/** The maximum number of characters of the message that comes with a request to join. */
export const JOIN_MESSAGE_MAX = 500

/**
 * Reads whom to follow or which directory to join, as a person or a setting says it: a handle, an address or a bare
 * domain, with the invitation code that an address may carry
 * (`https://annuaire.example/?invitation=abcde-fghij-klmno`). An `http:` address is taken for the `https:` one, since no
 * other server is asked in the clear, except on loopback. Undefined when it is none of these.
 */
export function readFollowAddress(
  text: string,
): { address: string; invitation: string | undefined } | undefined {
  if (text.length > 500) return undefined
  if (isHandle(text)) return { address: toFollowAddress(text), invitation: undefined }
  const whole = completeWebAddress(text)
  const url = URL.canParse(whole) ? new URL(whole) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || !url.hostname) return undefined
  if (!isLoopbackHost(url.hostname)) url.protocol = 'https:'
  const invitation = url.searchParams.get('invitation')?.trim() || undefined
  url.searchParams.delete('invitation')
  return { address: toFollowAddress(url.href).replace(/\/$/, ''), invitation }
}
