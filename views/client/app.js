// What every page of ours does beyond htmx: apply a choice at once, show that something is under way, say when the
// network is gone. Everything here is a comfort; without it the same forms and links work with their buttons.
;(() => {
  const on = (event, listener, capture) => document.addEventListener(event, listener, capture)

  // A form that applies at once: when a choice is made, or a box is left with TAB or ENTER. ENTER leaves the box, so
  // that one request is sent and not two, and what the server puts right can be shown in it.
  on('change', ({ target }) => {
    if (target.form?.matches('[data-apply]')) target.form.requestSubmit()
  })
  on('keydown', event => {
    const { target, key } = event
    if (
      key === 'Enter' &&
      target.matches('input:not([type=checkbox], [type=radio])') &&
      target.form?.matches('[data-apply]')
    ) {
      const before = target.value
      event.preventDefault()
      target.blur()
      if (target.value === before && target.value === target.defaultValue) target.form.requestSubmit()
    }
    // A key held down must not approve one row after another as the focus moves on.
    if (event.repeat && (key === 'Enter' || key === ' ') && target.matches('button, a, summary')) event.preventDefault()
  })

  // A form button that leads to another page leaves the one that is shown.
  on(
    'submit',
    event => {
      if (event.submitter?.hasAttribute('data-leaves')) event.stopImmediatePropagation()
    },
    true,
  )

  on('click', ({ target }) => target.closest?.('[data-print]') && print())

  // A variable that is pressed goes where the text is being written.
  on('click', ({ target }) => {
    const box = document.getElementById(target.dataset?.insert)
    if (!box) return
    box.setRangeText(target.textContent, box.selectionStart, box.selectionEnd, 'end')
    box.focus()
  })

  // Menus close when something else is pressed, or with ESC.
  const closeMenus = except => {
    for (const menu of document.querySelectorAll('details[data-menu][open]')) if (menu !== except) menu.open = false
  }
  on('click', ({ target }) => closeMenus(target.closest?.('details[data-menu]')))
  on('keydown', ({ key }) => {
    if (key !== 'Escape') return
    const open = document.querySelector('details[data-menu][open]')
    closeMenus()
    open?.querySelector('summary').focus()
  })

  // Not before a fifth of a second: to draw that something is under way would keep a quick answer waiting.
  let under = 0
  let due
  const busy = change => {
    under = Math.max(0, under + change)
    clearTimeout(due)
    const say = () => document.getElementById('busy')?.classList.toggle('htmx-request', under > 0)
    due = setTimeout(say, under && 200)
  }
  const quiet = ctx => ctx?.target?.id === 'badge'
  on('htmx:before:request', ({ detail }) => quiet(detail.ctx) || busy(1))
  on('htmx:finally:request', ({ detail }) => quiet(detail.ctx) || busy(-1))

  // A part of a page that was answered with another page, such as the log-in: go there. The badge just waits.
  on('htmx:before:response', event => {
    const { ctx } = event.detail
    const { redirected, url, ok } = ctx.response.raw
    if (quiet(ctx) && (redirected || !ok)) event.preventDefault()
    else if (redirected && ctx.request.headers['HX-Request-Type'] === 'partial') {
      event.preventDefault()
      location.assign(url)
    }
  })

  // Right after a reload the browser may not know yet what a step back belongs to, and htmx then shows nothing new:
  // an address without its page. Load it.
  if (window.navigation && !/firefox/i.test(navigator.userAgent)) {
    let due = false
    navigation.addEventListener('navigate', event => {
      due = event.navigationType === 'traverse' && event.canIntercept && !event.hashChange
    })
    on('htmx:before:history:restore', () => {
      due = false
    })
    navigation.addEventListener('navigatesuccess', () => {
      if (due) location.reload()
    })
  }

  // The network is gone: say so, and offer the same request again.
  const say = (text, retry) => {
    document.getElementById('lost')?.remove()
    const notice = document.createElement('div')
    notice.id = 'lost'
    notice.className = 'toast'
    notice.setAttribute('role', 'alert')
    notice.append(text)
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button'
    button.textContent = 'Retry'
    button.addEventListener('click', () => {
      notice.remove()
      retry()
    })
    notice.append(button)
    // Over a dialog only what is inside the dialog can be pressed.
    const host = document.querySelector('dialog[open]') ?? document.body
    host.append(notice)
  }
  on('htmx:error', ({ detail: { ctx } }) => {
    if (!ctx || quiet(ctx)) return
    const { sourceElement, sourceEvent, request } = ctx
    say('No connection. Nothing was changed.', () => {
      if (sourceElement?.matches?.('form') && sourceElement.isConnected) {
        const { submitter } = sourceEvent
        sourceElement.requestSubmit(submitter?.isConnected ? submitter : null)
      } else if (ctx.target?.isConnected) {
        htmx.ajax(request.method, request.action, { target: ctx.target, swap: ctx.swap, push: ctx.push })
      } else location.reload()
    })
  })
  on('htmx:after:swap', ({ detail }) => {
    if (quiet(detail.ctx)) return
    document.getElementById('lost')?.remove()
    // A form that came back with errors: the first of them.
    detail.ctx.target?.querySelector?.('[autofocus]')?.focus()
  })
})()
