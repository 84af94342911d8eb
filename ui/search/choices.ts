import type { AttendanceMode, Intention, Openness } from '../../node/domain/cafes/cafe.ts'
import type { AccessibilityCode } from '../../node/domain/values/accessibility.ts'
import { isKind } from '../../node/domain/values/structure-kinds.ts'
import type { Messages } from '../locales/messages.ts'

/** The values of attendance modes in an address. */
const MODE_VALUES: Record<AttendanceMode, string> = {
  offline: 'presentiel',
  online: 'en-ligne',
  mixed: 'mixte',
}

/** The values of intentions in an address. */
export const INTENTION_VALUES: Record<Intention, string> = {
  learn: 'apprendre',
  try: 'experimenter',
  debate: 'debattre',
}

/** The values of openness in an address; `public`, the default, has none. */
export const OPENNESS_VALUES: Record<Exclude<Openness, 'public'> | 'all', string> = {
  reserved: 'reserve',
  all: 'tous',
}

type ChoiceName = 'mode' | 'intention' | 'accessibility' | 'kind' | 'language'

/** Returns the label of a choice. */
export function textOf(name: ChoiceName, value: string, t: Messages): string {
  switch (name) {
    case 'mode': {
      const mode = Object.entries(MODE_VALUES).find((pair) => pair.includes(value))?.[0]
      return t.cafe.mode[mode as AttendanceMode] ?? value
    }
    case 'intention': {
      const intention = Object.entries(INTENTION_VALUES).find((pair) => pair.includes(value))?.[0]
      return t.cafe.intention[intention as Intention] ?? value
    }
    case 'accessibility':
      return t.cafe.access[value as AccessibilityCode] ?? value
    case 'kind':
      return isKind(value) ? t.place.kinds[value] : value
    case 'language':
      return t.cafe.language[value] ?? languageName(value, t)
  }
}

const languageName = (tag: string, t: Messages): string => {
  try {
    return new Intl.DisplayNames([t.lang], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
