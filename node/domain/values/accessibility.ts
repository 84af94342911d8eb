/** OpenAgenda's five codes of impairments: hearing, visual, psychic, motor, intellectual. */
export const ACCESSIBILITY_CODES = ['hi', 'vi', 'pi', 'mi', 'ii'] as const

export type AccessibilityCode = (typeof ACCESSIBILITY_CODES)[number]
