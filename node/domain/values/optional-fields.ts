import { z } from 'zod'
import { isEmail, isPhone } from './contact.ts'
import { isWebAddress } from './web-address.ts'

/** Fields of forms that may stay empty: they are undefined then. Each message is a code of `problem.ts`. */

/** A text of at most `max` characters. */
export const optionalText = (max: number) =>
  z
    .string('invalid')
    .trim()
    .max(max, 'too_long')
    .nullish()
    .transform((value) => value || undefined)

const optionalAnd = (max: number, isRight: (value: string) => boolean, problem: string) =>
  optionalText(max).refine((value) => value === undefined || isRight(value), problem)

export const optionalPhone = optionalAnd(30, isPhone, 'invalid')
export const optionalEmail = optionalAnd(254, isEmail, 'invalid')
export const optionalWebAddress = optionalAnd(500, isWebAddress, 'not_an_url')
