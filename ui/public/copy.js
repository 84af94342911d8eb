/** Buttons that copy what another element holds, shown where scripts run. Everything can be selected by hand without. */

const show = () => {
  for (const button of document.querySelectorAll('[data-copy]')) button.hidden = false
}
show()
document.addEventListener('copy-buttons', show)
document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-copy]')
  if (button) copy(button)
})

async function copy(button) {
  const group = button.closest('.copy')
  const status = group.querySelector('[role=status]')
  const source = document.getElementById(button.dataset.copy)
  const text = source.value ?? source.textContent.trim()
  try {
    if ('rich' in button.dataset) await navigator.clipboard.write([richItem(source)])
    else await navigator.clipboard.writeText(text)
    status.textContent = group.dataset.copied
  } catch {
    status.textContent = group.dataset.notCopied
    source.closest('details')?.setAttribute('open', '')
    source.select?.()
  }
  status.hidden = false
}

function richItem(source) {
  const plain = document.getElementById('txt')?.value ?? source.textContent
  return new ClipboardItem({
    'text/html': new Blob([source.innerHTML], { type: 'text/html' }),
    'text/plain': new Blob([plain], { type: 'text/plain' }),
  })
}
