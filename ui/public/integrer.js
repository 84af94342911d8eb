/** Shows at each choice what the button would show: the preview and the codes that go with it. */

const form = document.querySelector('[data-live]')
let latest = 0

form.addEventListener('change', refresh)

async function refresh() {
  const turn = ++latest
  const query = new URLSearchParams(new FormData(form))
  const answer = await fetch(`${form.action}?${query}`).catch(() => undefined)
  if (!answer?.ok || turn !== latest) return
  const made = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-made]')) {
    const other = made.getElementById(part.id)
    if (other) part.replaceChildren(...other.childNodes)
  }
  document.dispatchEvent(new CustomEvent('copy-buttons'))
}
