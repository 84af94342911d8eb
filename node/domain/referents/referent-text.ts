import { plainDate } from '../values/date-text.ts'
import type { Referent } from './referent.ts'

/** `référente`, `référent`; who chose neither is `référente ou référent`. */
export const roleText = ({ word }: Pick<Referent, 'word'>): string =>
  word === 'neutre' ? 'référente ou référent' : word

/** What the directory signs, as a person reads it; `label` names the territory. */
export const mandateText = (
  referent: Pick<Referent, 'name' | 'word' | 'startsOn' | 'endsOn'>,
  label: string,
): string =>
  `${referent.name}, ${roleText(referent)} du réseau des cafés IA, ${label}, du ${plainDate(referent.startsOn)} au ${plainDate(referent.endsOn)}`
