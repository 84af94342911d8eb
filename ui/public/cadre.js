// Tells the page that frames this one its height and language. Without this script, the frame keeps its given height.

if (window.parent !== window) {
  const tell = () => {
    const hauteur = Math.ceil(document.documentElement.getBoundingClientRect().height)
    const { lang: langue } = document.documentElement
    window.parent.postMessage({ type: 'cafes-ia:hauteur', hauteur, langue }, '*')
  }
  new ResizeObserver(tell).observe(document.documentElement)
  window.addEventListener('load', tell)
}
