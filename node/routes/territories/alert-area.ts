import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import {
  ALERT_RADII,
  ALERT_RADIUS,
  type AlertArea,
  roundDegrees,
} from '../../domain/territories/alert.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { lookUpWhere } from '../../geo/where.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import { choicesOf } from '../search/place-choices.ts'

/** The greatest radius of an alert in kilometres. */
const FARTHEST = 200

type ReadArea =
  | { area: AlertArea; place: string }
  | {
      messages?: { name: string; message: string }[]
      towns?: { text: string; label: string }[]
    }

/**
 * Reads a territory by its code or name, otherwise a circle around a town or a point. `place` is its name in mails, in
 * French.
 */
export function readAlertArea(
  { territoire, ou, rayon }: { territoire: string; ou: string; rayon: string },
  lang: Lang,
): ReadArea {
  const territory = findTerritory(territoire)
  if (territory) return ofTerritory(territory)
  const refuse = (code: 'required' | 'unknown_place') => ({
    messages: [{ name: 'ou', message: problemMessage({ field: 'ou', code }, lang) }],
  })
  if (ou === '') return refuse('required')
  const answer = lookUpWhere(ou)
  if (answer.kind === 'unknown' || answer.kind === 'everywhere') return refuse('unknown_place')
  // What is stored and mailed must be right: where a search would guess, this function returns the choices.
  if (answer.kind === 'area')
    return answer.or
      ? { towns: choicesOf({ area: answer.area, ...answer.or }) }
      : ofTerritory(answer.area)
  if (answer.kind === 'commune' && answer.or)
    return { towns: choicesOf({ towns: [answer.commune, ...answer.or.towns] }) }
  const at = answer.kind === 'commune' ? answer.commune : answer
  const radiusKm = ALERT_RADII.find((km) => km >= (Number(rayon) || ALERT_RADIUS)) ?? FARTHEST
  const { placeOf, point } = messagesFor('fr').alert
  return {
    area: {
      near: {
        latitude: roundDegrees(at.latitude),
        longitude: roundDegrees(at.longitude),
        radiusKm,
      },
    },
    place: placeOf(answer.kind === 'commune' ? answer.label : point, radiusKm),
  }
}

const ofTerritory = (territory: Territory) => ({
  area: { territory: territory.code },
  place: labelOfTerritory(territory),
})
