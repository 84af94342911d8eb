/** OpenAgenda's five codes: hearing, visual, psychic, motor, intellectual impairment. */
export const ACCESSIBILITY_CODES = ['hi', 'vi', 'pi', 'mi', 'ii'] as const

export type AccessibilityCode = (typeof ACCESSIBILITY_CODES)[number]
