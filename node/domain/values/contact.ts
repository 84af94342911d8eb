/** The forms in which people write how they may be reached. */

/** Returns whether a text is one e-mail address alone, without a name before it. */
export const isEmail = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>"',;:\\]+@[^\s@<>"',;:\\.]+(\.[^\s@<>"',;:\\.]+)+$/.test(text)

/**
 * Returns whether a text is a telephone number: from four digits (`3939`) to the fifteen of one with a country code
 * (E.164), with spaces, dots, dashes and brackets between them.
 */
export const isPhone = (text: string): boolean => {
  const digits = text.replace(/\D/g, '').length
  return text.length <= 30 && /^\+?[\d\s().-]+$/u.test(text) && digits >= 4 && digits <= 15
}
