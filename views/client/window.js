// The window over the page: Online Activity and what belongs to it. Its history is ours. Opening remembers the page
// beneath; Back walks what the window showed, then closes it, and what was typed beneath is still there.
;(() => {
  const on = (event, listener, capture) => document.addEventListener(event, listener, capture)
  const host = () => document.getElementById('window')
  const isDialog = () => host()?.tagName === 'DIALOG'
  const isOpen = () => isDialog() && host().open
  // A slash goes to the search of the toolbar, unless somebody is writing or the window is open.
  on('keydown', event => {
    if (event.key !== '/' || isOpen() || event.target.closest?.('input, select, textarea')) return
    event.preventDefault()
    document.querySelector('.find input').focus()
  })

  const path = () => location.pathname + location.search
  const key = () => window.navigation?.currentEntry?.key
  const isWindow = address => {
    const base = host()?.dataset.base
    const { pathname, origin } = new URL(address, location.href)
    return base && origin === location.origin && (pathname === base || pathname.startsWith(`${base}/`))
  }

  let beneath = null
  const remember = () => {
    beneath = { path: path(), key: key(), title: document.title, focus: document.activeElement }
  }

  const load = (address, push) =>
    htmx.ajax('GET', address, {
      source: host(),
      target: host(),
      swap: isOpen() || !isDialog() ? 'innerMorph' : 'innerHTML',
      push: push ? 'true' : 'false',
      // A step back must not become a step forward: the server then says nothing of the address.
      headers: push ? {} : { 'X-Back': '1' },
    })

  const show = () => {
    if (!isDialog() || host().open) return
    host().showModal()
    document.querySelector('.dock a[data-window]')?.setAttribute('aria-expanded', 'true')
  }

  /** Takes the window away; the address is dealt with by who calls. */
  const hide = () => {
    if (!isOpen()) return
    host().close()
    host().replaceChildren()
    document.querySelector('.dock a[data-window]')?.removeAttribute('aria-expanded')
    if (!beneath) return
    document.title = beneath.title
    if (beneath.focus?.isConnected) beneath.focus.focus()
  }

  /** Esc, Close and a click beside the window lead back to the page beneath, as one step of history. */
  const leave = () => {
    const known = beneath?.key && window.navigation?.entries().some(entry => entry.key === beneath.key)
    if (known) return navigation.traverseTo(beneath.key)
    history.pushState({ htmx: true }, '', beneath?.path ?? document.querySelector('.logo').href)
    hide()
  }

  on('click', event => {
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
    if (event.defaultPrevented || !plain) return
    // In the rows the mark is left out fifty times: all of a row's links but E-mail stay in the window.
    const link = event.target.closest?.('a[data-window], .acts a:not(.write)')
    if (link && host() && isWindow(link.href)) {
      event.preventDefault()
      if (isDialog() && !isOpen()) remember()
      load(link.getAttribute('href'), true)
    } else if (isOpen() && event.target.closest?.('a[data-close]')) {
      event.preventDefault()
      leave()
    } else if (isOpen() && event.target === host()) {
      const { left, right, top, bottom } = host().getBoundingClientRect()
      const { clientX: x, clientY: y } = event
      if (x < left || x > right || y < top || y > bottom) leave()
    }
  })
  // ESC asks first, so that the address goes back too.
  on(
    'cancel',
    event => {
      if (event.target !== host()) return
      event.preventDefault()
      leave()
    },
    true,
  )

  on('htmx:before:history:restore', event => {
    const to = event.detail.path
    if (!isDialog()) return
    if (isWindow(to)) {
      event.preventDefault()
      load(to, false)
    } else if (isOpen() && beneath?.path === to) {
      event.preventDefault()
      hide()
      // Firefox has no entries to ask: the place in the history is known again by its path.
      remember()
    }
  })
  if (!host() || !isWindow(location.href)) remember()
  on('htmx:after:history:push', ({ detail }) => {
    if (!isWindow(detail.path)) remember()
  })

  // What somebody chose once no longer follows the page by itself: after a step back it would say another filter.
  const followAnswer = () => {
    for (const option of document.querySelectorAll('#filters option')) option.selected = option.defaultSelected
    for (const box of host().querySelectorAll('.pager input'))
      if (box !== document.activeElement) box.value = box.defaultValue
  }

  // Where the focus goes when its row leaves: the next row that is still there, then one before, then the report.
  let neighbours = null
  const inHost = ctx => ctx.target?.closest?.('#window') && ctx.target !== document.getElementById('total')
  on('htmx:before:swap', ({ detail: { ctx } }) => {
    if (!inHost(ctx)) return
    const row = document.activeElement?.closest?.('tr[id]')
    if (!row) {
      neighbours = null
      return
    }
    const rows = [...row.parentElement.children]
    const at = rows.indexOf(row)
    neighbours = [...rows.slice(at), ...rows.slice(0, at).reverse()].map(({ id }) => id)
  })
  on('htmx:after:swap', ({ detail: { ctx } }) => {
    if (!inHost(ctx)) return
    const opened = isDialog() && !isOpen()
    show()
    syncAll()
    // Only where the filters came with the answer; what changes rows alone leaves them as they are.
    if (ctx.target === host() && ctx.request.method === 'GET') followAnswer()
    const lost =
      document.activeElement === document.body ||
      !document.activeElement?.isConnected ||
      document.activeElement === host()
    if (opened || (lost && !neighbours)) {
      const first = document.getElementById('report') ?? document.getElementById('window-title')
      first?.focus({ preventScroll: !opened })
    } else if (lost) {
      const row = neighbours.map(id => document.getElementById(id)).find(Boolean)
      const next =
        row?.querySelector('.acts :is(button, a)') ??
        document.getElementById('report') ??
        document.getElementById('window-title')
      next?.focus()
    }
  })

  // Select All ticks the rows that are shown, and says only what is true.
  const boxes = () => [...document.querySelectorAll('#rows [name=entry]')]
  const syncAll = () => {
    const all = document.querySelector('[data-all]')
    if (!all) return
    const shown = boxes()
    all.checked = shown.length > 0 && shown.every(box => box.checked)
  }
  on('change', ({ target }) => {
    if (target.matches('[data-all]')) for (const box of boxes()) box.checked = target.checked
    else if (target.name === 'entry') syncAll()
  })
  on('rows', syncAll)

  // How many there are is counted when somebody looks for it, at the filters or the pages: see page() in window.ts.
  const count = ({ target }) => {
    const total = target.closest?.('#window .filters, #window .pager') && document.querySelector('#total a')
    if (!total || total.asked === total.href) return
    total.asked = total.href
    htmx.ajax('GET', total.getAttribute('href'), { source: total, target: '#total', swap: 'none', push: 'false' })
  }
  on('pointerover', count)
  on('focusin', count)

  // The badge is fresh within half a minute while somebody looks.
  let asked = Date.now()
  const fresh = () => {
    const badge = document.querySelector('#badge[data-badge]')
    if (!badge || document.hidden || Date.now() - asked < 25000) return
    asked = Date.now()
    htmx.ajax('GET', badge.dataset.badge, { source: badge, target: badge, swap: 'innerHTML', push: 'false' })
  }
  setInterval(fresh, 30000)
  on('visibilitychange', fresh)
})()
