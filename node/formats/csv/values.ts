import type { AttendanceMode, RegistrationMode } from '../../domain/cafes/cafe.ts'
import type { ImportedCafe } from '../../domain/cafes/import.ts'
import { toPlainWords } from './plain-text.ts'

/** Readers of cells whose words stand for a choice; each returns undefined when it does not know the word. */

/** Reads whether a café takes place. */
export function readStatusCell(text: string): ImportedCafe['status'] | undefined {
  const words = toPlainWords(text)
  if (
    /^(?:prevue?|confirmee?|programmee?|maintenue?|publiee?|complete?|ouverte?|scheduled|ok)$/.test(
      words,
    )
  )
    return 'scheduled'
  if (/^(?:annulee?|cancelled|canceled)$/.test(words)) return 'cancelled'
  if (/^(?:reportee?|postponed)$/.test(words)) return 'postponed'
  if (/^(?:date modifiee|deplacee?|rescheduled)$/.test(words)) return 'rescheduled'
  if (/^(?:passee? en ligne|moved-online)$/.test(words)) return 'moved-online'
  return /^(?:brouillon|provisoire|a confirmer|en attente|tentative|option)$/.test(words)
    ? 'tentative'
    : undefined
}

/**
 * Reads a way of attending as people write it in a table, in French or English; undefined for anything else, an empty
 * cell included.
 */
export function readModeCell(text: string): AttendanceMode | undefined {
  const words = toPlainWords(text)
  if (/^(?:(?:en )?presentiel|sur place|offline|physique)$/.test(words)) return 'offline'
  if (/^(?:en ligne|a distance|distanciel|en distanciel|visio|online)$/.test(words)) return 'online'
  return /^(?:mixte|hybride|mixed|les deux)$/.test(words) ? 'mixed' : undefined
}

/**
 * Reads yes or no as people write it in a table, in French or English; undefined for anything else, an empty cell
 * included.
 */
export function readYesNo(text: string): boolean | undefined {
  const words = toPlainWords(text)
  if (/^(?:oui|o|yes|vrai|true|1|x)$/.test(words)) return true
  return /^(?:non|n|no|faux|false|0|-)$/.test(words) ? false : undefined
}

export type RegistrationCell = {
  mode: RegistrationMode | undefined
  url: string | undefined
  phone: string | undefined
  /** Words that no field can hold are kept in the description, so that nothing typed is lost. */
  words: string | undefined
}

const PHONE = /(?:\+\d{2,3}|0)[\d\s.()-]{7,}\d/

/** Reads an address, a telephone number, yes or no, one of our own words, or a sentence. */
export function readRegistration(text: string): RegistrationCell {
  const nothing = { mode: undefined, url: undefined, phone: undefined, words: undefined }
  const words = toPlainWords(text)
  if (words === '') return nothing
  const url = /https?:\/\/[^\s;,]+/i.exec(text)?.[0]
  if (url) return { ...nothing, mode: 'external', url }
  if (/^(?:sans(?: inscription| reservation)?|(?:entree|acces)? ?libre|none|libre)$/.test(words))
    return { ...nothing, mode: 'none' }
  const yes = readYesNo(text)
  if (yes === false) return { ...nothing, mode: 'none' }
  if (
    yes ||
    /^(?:sur inscription|obligatoire|recommandee|conseillee|sur le site|local)$/.test(words)
  )
    return { ...nothing, mode: 'local' }
  if (/^(?:ailleurs|external)$/.test(words)) return { ...nothing, mode: 'external' }
  if (/^(?:par telephone|phone|telephone)$/.test(words)) return { ...nothing, mode: 'phone' }
  const phone = PHONE.exec(text)?.[0].trim()
  if (phone)
    return { ...nothing, mode: 'phone', phone, words: phone === text.trim() ? undefined : text }
  return { ...nothing, words: text }
}

/** Reads a list, which is separated by `|` in our tables, and by semicolons, commas or line breaks in people's. */
export const readList = (text: string): string[] => {
  const items = (text.includes('|') ? text.split('|') : text.split(/[;,\n]/)).map((item) =>
    item.trim().replace(/^#/, ''),
  )
  return [...new Set(items.filter((item) => item !== ''))].slice(0, 20)
}

/** Reads `15`, `15 places`, `max. 15`; undefined when there is no number above zero, or several. */
export function readCapacity(text: string): number | undefined {
  const numbers = text.match(/\d+/g) ?? []
  const capacity = Number(numbers[0])
  return numbers.length === 1 && capacity > 0 ? capacity : undefined
}

/** Reads a number with a decimal point or comma, within ± `max`. */
export function readCoordinate(text: string, max: number): number | undefined {
  const number = Number(text.trim().replace(',', '.'))
  return text.trim() !== '' && Math.abs(number) <= max ? number : undefined
}
