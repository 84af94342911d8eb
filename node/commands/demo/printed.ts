/** One server of the demonstration, as it is printed. */
export type Shown = { name: string; origin: string; signIn: string; token: string }

/** Returns what a person reads once the demonstration runs: the addresses of its servers, and what to open first. */
export function textOf(hub: Shown, nodes: readonly Shown[]): string {
  const lines = [hub, ...nodes].map(
    ({ name, origin, signIn }) =>
      `\n${name}\n  page publique     ${origin}/\n  administration    ${signIn}   (une fois)`,
  )
  return `${lines.join('\n')}
${toOpenFirst(hub.origin)}
Ctrl+C pour arrêter.
`
}

/** Lists pages that show most of it, each with a short description. */
function toOpenFirst(origin: string): string {
  const pages = [
    ['/?ou=35000', 'les cafés autour de Rennes, sur leur carte'],
    ['/?ou=26150&quand=aujourdhui', 'ce qui s’affiche quand il n’y a rien ce jour-là'],
    ['/?ou=La+R%C3%A9union', 'un territoire entier'],
  ]
  const lines = pages.map(([path, what]) => `  ${origin}${path}\n      ${what}`)
  return `\nÀ ouvrir d’abord\n${lines.join('\n')}\n`
}
