export const WEB_ADDRESS_MAX = 2000

/** Whether it is an http or https address of 2,000 UTF-16 units at most. */
export const isWebAddress = (value: string): boolean =>
  value.length <= WEB_ADDRESS_MAX &&
  URL.canParse(value) &&
  /^https?:$/.test(new URL(value).protocol)

/**
 * The address word for word where all of it is visible ASCII, else as a browser reads it (WHATWG URL, §4.4): line breaks
 * are gone, and what cannot be seen is encoded.
 * @returns undefined where it is no web address.
 */
export function toWebAddress(text: string): string | undefined {
  if (!isWebAddress(text)) return undefined
  const address = /^[!-~]+$/.test(text) ? text : new URL(text).href
  return address.length <= WEB_ADDRESS_MAX ? address : undefined
}

/** A name of letters at its end, with a point in it, and maybe what follows a host: no mailbox, no scheme, no blank. */
const BARE_ADDRESS =
  /^[^\s:/?#@.]+(?:\.[^\s:/?#@.]+)*\.(?:xn--[a-z\d-]+|[\p{L}\p{M}]{2,})\.?(?::\d+)?(?:[/?#]\S*)?$/iu

/** What a person typed where an address is asked for: `https://` is added where nothing else can be meant. */
export const completeWebAddress = (text: string): string =>
  BARE_ADDRESS.test(text) ? `https://${text}` : text

/** An address of the web that was typed, whole; undefined where it is none. */
export const toWholeAddress = (text: string): string | undefined =>
  toWebAddress(completeWebAddress(text))
