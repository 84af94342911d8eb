import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRna, isSiret } from '../../../node/domain/structures/siret.ts'

/**
 * Adds the fourteenth digit that makes the Luhn sum right. It is computed from the right, by another method than in the
 * program.
 */
function withCheckDigit(thirteen: string): string {
  const sum = [...thirteen].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + Math.floor(value / 10) + (value % 10)
  }, 0)
  return thirteen + ((10 - (sum % 10)) % 10)
}

describe('a SIRET', () => {
  test.each(['73282932000074', '55208131766522', '13002603200016'])('%s exists', (siret) => {
    expect(isSiret(siret)).toBe(true)
  })

  test('of fourteen zeros, as tables have it where nobody knows, is none', () => {
    expect(isSiret('0'.repeat(14))).toBe(false)
  })

  test('has the right last digit, and no other', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{13}$/),
        fc.integer({ min: 1, max: 9 }),
        (digits, shift) => {
          fc.pre(!/^(?:356000000|0+$)/.test(digits))
          const siret = withCheckDigit(digits)
          const other = siret.slice(0, 13) + ((Number(siret[13]) + shift) % 10)
          expect([isSiret(siret), isSiret(other)]).toEqual([true, false])
        },
      ),
    )
  })

  test('of an office of La Poste follows its own rule', () => {
    expect(isSiret('35600000049837')).toBe(true)
    expect(isSiret('35600000049838')).toBe(false)
  })

  test.each(['', '7328293200007', '732829320000740', '7328293200007a'])('is not "%s"', (text) => {
    expect(isSiret(text)).toBe(false)
  })
})

describe('an RNA number', () => {
  test.each(['W751234567', 'W2A1234567'])('may be %s', (rna) => {
    expect(isRna(rna)).toBe(true)
  })

  test.each(['751234567', 'W75123456', 'W7512345678', 'w751234567', 'W75123456X'])(
    'is not %s',
    (text) => {
      expect(isRna(text)).toBe(false)
    },
  )
})
