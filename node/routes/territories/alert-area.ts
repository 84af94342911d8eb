import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import {
  ALERT_RADII,
  ALERT_RADIUS,
  type AlertArea,
  type AlertRhythm,
  EVERYWHERE,
  roundDegrees,
} from '../../domain/territories/alert.ts'
import type { Lang } from '../../domain/values/lang.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { lookUpWhere } from '../../geo/where.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import { choicesOf, placeProblem } from '../search/place-choices.ts'

/** The greatest radius of an alert in kilometres. */
const FARTHEST = 200

type AskedArea = { territoire: string; ou: string; rayon: string; rythme?: AlertRhythm }

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
export function readAlertArea({ territoire, ou, rayon, rythme }: AskedArea, lang: Lang): ReadArea {
  const territory = findTerritory(territoire)
  if (territory) return ofTerritory(territory)
  const refuse = (problem: Problem) => ({
    messages: [{ name: 'ou', message: problemMessage(problem, lang) }],
  })
  const isWeekly = rythme === 'weekly'
  if (ou === '' && !isWeekly) return refuse({ field: 'ou', code: 'required' })
  const answer = ou === '' ? { kind: 'everywhere' as const } : lookUpWhere(ou)
  // A letter tells of everywhere too; a mail for each new café of the country would be too many.
  if (answer.kind === 'everywhere' && isWeekly)
    return { area: { territory: EVERYWHERE }, place: messagesFor('fr').alert.letter.everywhere }
  if (answer.kind === 'everywhere') return refuse({ field: 'ou', code: 'unknown_place' })
  if (answer.kind === 'unknown') {
    const towns = choicesOf(answer.close)
    return towns.length > 0 ? { towns } : refuse(placeProblem('ou', answer))
  }
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
