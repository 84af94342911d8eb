/** Updates the preview and the code at each choice, as the button does. */

const form = document.querySelector('[data-live]')
const queryOf = () => new URLSearchParams(new FormData(form)).toString()
/**
 * The query that the page was made of. It is not read from the fields, in which a browser that returns to the page
 * restores what was typed.
 */
let latest = queryAsServed()

form.addEventListener('input', refresh)
form.addEventListener('change', refresh)
window.addEventListener('pageshow', refresh)

function queryAsServed() {
  const pairs = [...form.elements]
    .filter(({ name }) => name)
    .map((field) => [field.name, field.options ? servedChoice(field) : field.defaultValue])
  return new URLSearchParams(pairs).toString()
}

function servedChoice({ options }) {
  const served = [...options].find(({ defaultSelected }) => defaultSelected) ?? options[0]
  return served.value
}

async function refresh() {
  const query = queryOf()
  // A field fires its event again when it loses the focus; unchanged values need no update, which would replace the
  // answer that a button has just given.
  if (query === latest) return
  latest = query
  const answer = await fetch(`${form.action}?${query}`).catch(() => undefined)
  if (query !== latest) return
  if (!answer?.ok) {
    latest = undefined
    return
  }
  const made = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-made]')) {
    const other = made.getElementById(part.id)
    if (other) part.replaceChildren(...other.childNodes)
  }
  document.dispatchEvent(new CustomEvent('copy-buttons'))
}
