// A list is answered with fifty rows, and a screen holds fifteen: those are put in place, and the rest once they are
// painted. On a slow processor the rest is most of the wait.
;(() => {
  const on = (event, listener) => document.addEventListener(event, listener)
  let answer = null

  /** As many rows as the screen holds of such as it shows, and one or two more. */
  const onScreen = body => Math.ceil((innerHeight - 280) / ((body?.offsetHeight / body?.rows.length) * 0.9 || 31))

  on('htmx:after:request', ({ detail: { ctx } }) => {
    const list = ctx.target
    // What is told or counted within a list leaves its rows alone.
    if (!list?.matches?.('#window, #rows, #main')) return
    // Whatever comes now takes the place of the list that the last rest belonged to.
    answer = null
    const shown = list.querySelector('tbody')
    const used = shown?.contains(document.activeElement) || shown?.closest('.rows')?.scrollTop
    if (ctx.request.method !== 'GET' || ctx.response.status !== 200 || used) return
    const end = Math.max(ctx.text.indexOf('</tbody>'), 0)
    let cut = ctx.text.indexOf('<tbody>')
    for (let n = onScreen(shown); n >= 0 && cut >= 0; n--) cut = ctx.text.indexOf('<tr', cut + 1)
    if (cut < 0 || cut > end) cut = end
    const rest = ctx.text.slice(cut, end)
    ctx.text = ctx.text.slice(0, cut) + ctx.text.slice(end)
    answer = { list, rest, ticked: [...list.querySelectorAll('tbody :checked')].map(({ value }) => value) }
    // Which of the old rows are among the new ones is not worth finding out: what was ticked is ticked again.
    shown?.replaceChildren()
  })

  const tick = ({ list, ticked }) => {
    for (const box of list.querySelectorAll('tbody input')) box.checked ||= ticked.includes(box.value)
    document.dispatchEvent(new Event('rows'))
  }

  on('htmx:after:swap', () => {
    const mine = answer
    if (!mine) return
    tick(mine)
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (answer !== mine) return
        answer = null
        mine.list.querySelector('tbody')?.insertAdjacentHTML('beforeend', mine.rest)
        tick(mine)
      }),
    )
  })
})()
