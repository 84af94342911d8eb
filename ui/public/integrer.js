/** Shows at each choice what the button would show: the preview and the codes that go with it. */

const form = document.querySelector('[data-live]')
const queryOf = () => new URLSearchParams(new FormData(form)).toString()
let latest = queryOf()

form.addEventListener('input', refresh)
form.addEventListener('change', refresh)

async function refresh() {
  const query = queryOf()
  // A field that is left says again what it said: whoever pressed a button there has just been answered.
  if (query === latest) return
  latest = query
  const answer = await fetch(`${form.action}?${query}`).catch(() => undefined)
  if (!answer?.ok || query !== latest) return
  const made = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-made]')) {
    const other = made.getElementById(part.id)
    if (other) part.replaceChildren(...other.childNodes)
  }
  document.dispatchEvent(new CustomEvent('copy-buttons'))
}
