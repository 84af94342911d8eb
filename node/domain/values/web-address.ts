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

/** The same of an address that may begin with `www.` alone: then it is one of https. */
export const toWholeAddress = (text: string): string | undefined =>
  toWebAddress(/^www\./i.test(text) ? `https://${text}` : text)
