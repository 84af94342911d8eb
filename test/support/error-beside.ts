import { readable } from './readable.ts'

/**
 * Returns what a form says is wrong with a field, in the element that its `aria-describedby` names; undefined where it
 * says nothing, or names no element.
 */
export function errorBeside(text: string, name: string): string | undefined {
  const tag = text.match(/<(?:input|textarea|select)\b[^>]*>/g)?.find((tag) => {
    const isVisible = !tag.includes('type="hidden"')
    return isVisible && tag.includes(` name="${name}"`) && tag.includes('aria-invalid')
  })
  const ids = /aria-describedby="([^"]*)"/.exec(tag ?? '')?.[1]?.split(' ') ?? []
  for (const id of ids) {
    const found = new RegExp(`<p class="error" id="${id}">(.*?)</p>`, 's').exec(text)?.[1]
    if (found !== undefined) return readable(found)
  }
  return undefined
}
