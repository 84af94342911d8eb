import { plainDate } from '../values/date-text.ts'
import type { Referent } from './referent.ts'

/** Returns the role: `référente`, `référent`, or `référente ou référent` for a person who chose neither. */
export const roleText = ({ word }: Pick<Referent, 'word'>): string =>
  word === 'neutre' ? 'référente ou référent' : word

/** Returns the text of what the directory signs; `label` names the territory. */
export const mandateText = (
  referent: Pick<Referent, 'name' | 'word' | 'startsOn' | 'endsOn'>,
  label: string,
): string =>
  `${referent.name}, ${roleText(referent)} du réseau des cafés IA, ${label}, du ${plainDate(referent.startsOn)} au ${plainDate(referent.endsOn)}`
