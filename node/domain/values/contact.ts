/** How somebody may be reached, as people write it. */

export const isEmail = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>"',;:\\]+@[^\s@<>"',;:\\.]+(\.[^\s@<>"',;:\\.]+)+$/.test(text)

/** Ten digits in France, a few more with the country's code; spaces, dots and dashes between them as one likes. */
export const isPhone = (text: string): boolean => {
  const digits = text.replace(/\D/g, '').length
  return text.length <= 30 && /^\+?[\d\s().-]+$/u.test(text) && digits >= 4 && digits <= 15
}
