// Says how tall this page is, and in which language, to the page that frames it. Without it, the frame keeps the height that it was given.

if (window.parent !== window) {
  const tell = () => {
    const hauteur = Math.ceil(document.documentElement.getBoundingClientRect().height)
    const { lang: langue } = document.documentElement
    window.parent.postMessage({ type: 'cafes-ia:hauteur', hauteur, langue }, '*')
  }
  new ResizeObserver(tell).observe(document.documentElement)
  window.addEventListener('load', tell)
}
