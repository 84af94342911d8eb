import { isHandle, toFollowAddress } from '../../domain/values/host.ts'

/** A handle, an address, or a bare domain; with the invitation code that an address may carry. */
export function readAddress(
  text: string,
): { address: string; invitation: string | undefined } | undefined {
  if (text.length > 500) return undefined
  if (isHandle(text)) return { address: toFollowAddress(text), invitation: undefined }
  const whole = /^[^\s:/?#@.]+(\.[^\s:/?#@.]+)+\.?(:\d+)?(\/|$)/.test(text)
    ? `https://${text}`
    : text
  const url = URL.canParse(whole) ? new URL(whole) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || !url.hostname) return undefined
  const invitation = url.searchParams.get('invitation') ?? undefined
  url.searchParams.delete('invitation')
  return { address: toFollowAddress(url.href).replace(/\/$/, ''), invitation }
}
