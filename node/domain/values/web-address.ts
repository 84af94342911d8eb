export const WEB_ADDRESS_MAX = 2000

/** Returns whether it is an http or https address of 2,000 UTF-16 units at most. */
export const isWebAddress = (value: string): boolean =>
  value.length <= WEB_ADDRESS_MAX &&
  URL.canParse(value) &&
  /^https?:$/.test(new URL(value).protocol)

/** Returns the address of a link to another site, if its scheme is http or https; undefined otherwise. */
export const webHref = (url: string | undefined): string | undefined =>
  url !== undefined && isWebAddress(url) ? url : undefined

/**
 * Returns the address unchanged where it is all visible ASCII, otherwise as a browser parses it (WHATWG URL, §4.4):
 * line breaks are removed, and invisible characters are encoded.
 * @returns undefined where it is no web address.
 */
export function toWebAddress(text: string): string | undefined {
  if (!isWebAddress(text)) return undefined
  const address = /^[!-~]+$/.test(text) ? text : new URL(text).href
  return address.length <= WEB_ADDRESS_MAX ? address : undefined
}

/**
 * A name with a dot in it whose last label is of letters, perhaps with what follows a host: no mailbox, no scheme, no
 * white space.
 */
const BARE_ADDRESS =
  /^[^\s:/?#@.]+(?:\.[^\s:/?#@.]+)*\.(?:xn--[a-z\d-]+|[\p{L}\p{M}]{2,})\.?(?::\d+)?(?:[/?#]\S*)?$/iu

/** Completes what a person typed where an address is asked for: `https://` is added where nothing else can be meant. */
export const completeWebAddress = (text: string): string =>
  BARE_ADDRESS.test(text) ? `https://${text}` : text

/** Completes a web address that was typed; undefined where it is none. */
export const toWholeAddress = (text: string): string | undefined =>
  toWebAddress(completeWebAddress(text))
