/** The numbers by which the French State identifies a structure. */

/**
 * Returns whether a text is a SIRET: 14 digits whose Luhn sum is a multiple of 10. The establishments of La Poste
 * (SIREN 356000000), except the head office, have numbers whose plain sum of digits is a multiple of 5 instead (INSEE,
 * "Le numéro SIRET").
 */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text) || /^0+$/.test(text)) return false
  const digits = [...text].map(Number)
  if (luhnSum(digits) % 10 === 0) return true
  return text.startsWith('356000000') && digits.reduce((sum, digit) => sum + digit, 0) % 5 === 0
}

function luhnSum(digits: readonly number[]): number {
  return digits.reduce((sum, digit, index) => {
    const isDoubled = (digits.length - index) % 2 === 0
    const value = isDoubled ? digit * 2 : digit
    return sum + (value > 9 ? value - 9 : value)
  }, 0)
}

/**
 * Returns whether a text is the number of an association in the national register: W and nine digits, the second of
 * which is a letter for Corsica (W2A, W2B).
 */
export const isRna = (text: string): boolean => /^W\d[\dAB]\d{7}$/.test(text)
