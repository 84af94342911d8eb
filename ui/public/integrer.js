/** Shows at each choice what the button would show: the preview and the codes that go with it. */

const form = document.querySelector('[data-live]')
const queryOf = () => new URLSearchParams(new FormData(form)).toString()
/** What the page was made of: a browser that comes back has by now put into the fields what was typed. */
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
  // A field that is left says again what it said: whoever pressed a button there has just been answered.
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
