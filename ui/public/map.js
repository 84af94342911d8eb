/** A movable map, where the operator chose a tile server and scripts run; the drawn map stays below it. */
/* global L */

const box = document.getElementById('carte-mobile')
const FRANCE = [
  [41.3, -5.2],
  [51.1, 9.6],
]

if (box && 'L' in globalThis) {
  box.hidden = false
  const points = JSON.parse(box.dataset.points)
  const { tiles, credit, zoomIn, zoomOut, closePopup } = box.dataset
  const map = L.map(box, { zoomControl: false })
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>')
  L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map)
  map.on('popupopen', ({ popup }) =>
    popup
      .getElement()
      .querySelector('.leaflet-popup-close-button')
      .setAttribute('aria-label', closePopup),
  )
  // OpenStreetMap's tile policy requires the referring site: the origin is sent, never the page's address.
  L.tileLayer(tiles, { maxZoom: 18, attribution: credit, referrerPolicy: 'strict-origin' }).addTo(
    map,
  )
  for (const [latitude, longitude, href, title] of points) {
    const link = document.createElement('a')
    link.href = href
    link.textContent = title
    L.circleMarker([latitude, longitude], {
      radius: 8,
      weight: 2,
      fillOpacity: 0.9,
      className: 'point',
    })
      .bindPopup(link)
      .addTo(map)
  }
  const inside = points.filter(
    ([latitude, longitude]) => latitude > 40 && longitude > -10 && longitude < 12,
  )
  map.fitBounds(
    inside.length > 0 ? L.latLngBounds(inside.map(([lat, lng]) => [lat, lng])).pad(0.2) : FRANCE,
    { maxZoom: 12 },
  )
}
