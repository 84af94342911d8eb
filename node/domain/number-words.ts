const decimal = new Intl.NumberFormat('fr', { maximumFractionDigits: 1 })
const whole = new Intl.NumberFormat('fr', { maximumFractionDigits: 0 })

/** In French the plural begins at two: 0 café, 1 café, 2 cafés. */
export const plural = (n: number, one: string, many: string): string =>
  `${whole.format(n)}\u00a0${Math.abs(n) < 2 ? one : many}`

/**
 * `800 m`, `1,2 km`, `12 km`; when the place is only known by its town, `environ 12 km`, and not to the hundred metres.
 */
export function distance(km: number, approximate = false): string {
  if (approximate && km < 2) return 'moins de\u00a02\u00a0km'
  const words = approximate ? 'environ\u00a0' : ''
  if (km < 0.95) return `${words}${Math.max(100, Math.round(km * 10) * 100)}\u00a0m`
  return `${words}${(km < 10 ? decimal : whole).format(km)}\u00a0km`
}
