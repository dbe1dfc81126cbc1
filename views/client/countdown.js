// A cart counts down in front of whoever looks at it. The time itself is kept by the server, and stands in words beside.
;(() => {
  const soon = 120
  /** When each countdown was first seen: the clock of the machine may be wrong, how long it runs is not. */
  const seen = new WeakMap()
  const tick = () => {
    for (const box of document.querySelectorAll('[data-left]')) {
      if (!seen.has(box)) seen.set(box, performance.now())
      const left = Math.max(0, Math.round(box.dataset.left - (performance.now() - seen.get(box)) / 1000))
      const clock = box.querySelector('[data-clock]')
      clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
      box.querySelector('progress').value = left
      box.classList.toggle('soon', left < soon)
      const over = box.querySelector('[data-over]')
      if (left === 0 && over.hidden) {
        over.hidden = false
        over.setAttribute('role', 'alert')
      }
    }
  }
  addEventListener('DOMContentLoaded', tick)
  setInterval(tick, 1000)
})()
