/** The forms in which people write how they may be reached. */

export const isEmail = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>"',;:\\]+@[^\s@<>"',;:\\.]+(\.[^\s@<>"',;:\\.]+)+$/.test(text)

/**
 * Returns whether a text is a telephone number: ten digits in France, a few more with a country code, with spaces, dots
 * and dashes between them.
 */
export const isPhone = (text: string): boolean => {
  const digits = text.replace(/\D/g, '').length
  return text.length <= 30 && /^\+?[\d\s().-]+$/u.test(text) && digits >= 4 && digits <= 15
}
