/**
 * Buttons that copy the text of another element, or hand it to the device's share function. They are shown only where
 * scripts run; the text can be selected by hand otherwise.
 */

const show = () => {
  for (const button of document.querySelectorAll('[data-copy]')) button.hidden = false
  for (const button of document.querySelectorAll('[data-share]')) button.hidden = !navigator.share
  for (const instead of document.querySelectorAll('[data-by-hand]')) instead.hidden = true
}
show()
document.addEventListener('copy-buttons', show)
document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-copy], [data-share]')
  if (button) ('share' in button.dataset ? share : copy)(button)
})

/** Rejection means that the person closed the share dialogue, which is no failure. */
function share({ dataset }) {
  navigator.share({ title: dataset.share, url: textOf(dataset.of) }).catch(() => {})
}

const textOf = (id) => {
  const source = document.getElementById(id)
  return source.value ?? source.textContent.trim()
}

async function copy(button) {
  const group = button.closest('.copy')
  const status = group.querySelector('[role=status]')
  const source = document.getElementById(button.dataset.copy)
  try {
    if ('rich' in button.dataset) await navigator.clipboard.write([richItem(source)])
    else await navigator.clipboard.writeText(textOf(source.id))
    status.textContent = group.dataset.copied
  } catch {
    status.textContent = group.dataset.notCopied
    source.closest('details')?.setAttribute('open', '')
    source.closest('[data-by-hand]')?.removeAttribute('hidden')
    source.select?.()
  }
  status.hidden = false
}

function richItem(source) {
  const plain = document.getElementById('txt')?.value ?? source.value
  return new ClipboardItem({
    'text/html': new Blob([source.value], { type: 'text/html' }),
    'text/plain': new Blob([plain], { type: 'text/plain' }),
  })
}
