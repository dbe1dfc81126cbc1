// What a family does in the Customer Portal: each act opens the page that has the form, fills it in and sends it.

/** Dice that fall the same way for the same seed (mulberry32). */
export function dice(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = count => Math.floor(next() * count)
  return { below, chance: share => next() < share, of: list => list[below(list.length)] }
}

const day = 86_400_000
const dateIn = days => new Date(Date.now() + days * day).toISOString().slice(0, 10)
const syllables = ['ka', 'lo', 'mi', 'ra', 'ne', 'so', 'ti', 'va', 'be', 'du', 'fi', 'jo']
const notes = [
  '',
  '',
  '',
  'Allergic to nuts.',
  'Can siblings start together?',
  'We may be ten minutes late.',
  'Zoë’s 2nd try 🤸',
]

function nameBy(luck) {
  const name = luck.of(syllables) + luck.of(syllables) + luck.of(['', 'n', 's', 'la'])
  return name[0].toUpperCase() + name.slice(1)
}

const child = luck => ({ first: nameBy(luck), birthday: dateIn(-(365 * (2 + luck.below(9)) + luck.below(360))) })

/**
 * One family at its screen.
 * `note(act, outcome, sentence)` keeps what came of each act: done, refused, abandoned, not offered, failed.
 */
export class Family {
  constructor({ visitor, account, seed, nth, note, known, codeFor }) {
    Object.assign(this, { visitor, note, nth, known, codeFor })
    this.at = `/p/${account}`
    this.luck = dice(seed * 1_000_003 + nth)
    this.email = `play.${seed}.${nth}@families.example`
    this.password = `balance beam ${seed} ${nth}`
  }

  /** Sends a form, sometimes twice at once, sometimes not at all; both sendings must be answered alike. */
  async send(act, page, form, fill, button = form?.buttons[0]) {
    if (!form) return this.notOffered(act, page)
    if (this.luck.chance(0.05)) return this.note(act, 'abandoned')
    const twice = this.luck.chance(0.08)
    const answers = await Promise.all(
      Array.from({ length: twice ? 2 : 1 }, () => this.visitor.send(form, fill, button)),
    )
    const [answer, again] = answers
    this.judge(act, answer)
    if (!again) return answer
    const same = again.status === answer.status && again.path === answer.path
    if (again.status >= 500) this.judge(act, again)
    else
      this.note(
        'double tap',
        same ? 'done' : 'refused',
        same ? '' : `${answer.status} ${answer.path}, then ${again.status} ${again.path}: ${again.sentence()}`,
      )
    return answer
  }

  judge(act, page) {
    if (page.status >= 500) this.note(act, 'failed', `${page.status} ${page.path}`)
    else if (page.status >= 400 || page.wrong.length) this.note(act, 'refused', page.sentence() ?? `${page.status}`)
    else this.note(act, 'done')
  }

  notOffered(act, page) {
    if (page.status >= 400) this.judge(act, page)
    else this.note(act, 'not offered')
  }

  async enter() {
    if (!this.known) {
      await this.signUp()
      await this.logIn()
    }
    const page = await this.answerPolicies(await this.visitor.get(`${this.at}/account`))
    this.judge('open My Account', page)
    return page.status < 400
  }

  async signUp() {
    const { luck } = this
    const page = await this.visitor.get(`${this.at}/sign-up`)
    const last = nameBy(luck)
    const fill = {
      first: nameBy(luck),
      last,
      email: this.email,
      password: this.password,
      phone: `(555) 010-${1000 + this.nth}`,
      mail: luck.chance(0.7) ? '1' : [],
    }
    for (const room of luck.chance(0.4) ? [1, 2] : [1]) {
      const { first, birthday } = child(luck)
      Object.assign(fill, { [`student_${room}_first`]: first, [`student_${room}_birthday`]: birthday })
    }
    const form = page.form('/sign-up')
    for (const name of ['referral', 'location']) {
      const values = form?.controls.find(control => control.name === name)?.values.filter(Boolean)
      if (values?.length) fill[name] = luck.of(values)
    }
    if (!form) return this.notOffered('sign up', page)
    this.judge('sign up', await this.visitor.send(form, fill))
  }

  async logIn() {
    const page = await this.visitor.get(`${this.at}/login`)
    const answer = await this.visitor.send(page.form('/login'), { email: this.email, password: this.password })
    this.judge('log in', answer)
    const asked = answer.form('/login/code')
    if (!asked) return
    const code = await this.codeFor(this.email)
    if (!code) return this.note('give the code of a first log-in', 'abandoned')
    this.judge('give the code of a first log-in', await this.visitor.send(asked, { code }))
  }

  /** Goes on until no policy stands in the way; what is optional is rejected or put off by some. */
  async answerPolicies(page) {
    for (let asked = 0; asked < 12; asked++) {
      const form = page.form(/\/policies\/\d+$/)
      if (!form) break
      const others = form.buttons.slice(1)
      const button = others.length && this.luck.chance(0.15) ? this.luck.of(others) : form.buttons[0]
      page = await this.visitor.send(form, {}, button)
      this.judge(
        { accept: 'accept a policy', reject: 'reject a policy', later: 'put a policy off' }[button.value],
        page,
      )
    }
    return page
  }

  account = () => this.visitor.get(`${this.at}/account`)
  links = (page, pattern) => [...new Set(page.links.filter(link => pattern.test(link)))]

  async studentIds() {
    const page = await this.account()
    return [...new Set(page.links.map(link => link.match(/\/students\/(\d+)/)?.[1]).filter(Boolean))]
  }

  async enroll() {
    const { luck, at } = this
    const student = luck.of(await this.studentIds())
    if (!student) return this.note('enroll', 'not offered')
    const list = await this.visitor.get(`${at}/classes?child=${student}`)
    // A class that fits is linked with the child in its address; a few try one that does not.
    const fitting = this.links(list, /\/classes\/\d+\?.*child=/)
    const others = this.links(list, /\/classes\/\d+$/)
    const chosen = luck.of(luck.chance(0.05) ? others : fitting)
    if (!chosen) return this.note('enroll', 'not offered')
    let page = await this.visitor.get(chosen)
    const policy = page.links.find(link => /\/policies\/\d+/.test(link))
    if (policy) page = await this.answerPolicies(await this.visitor.get(policy))
    const form = page.form(/\/(enrollments|cart\/classes\/\d+)$/)
    const kinds = form?.controls.find(({ name }) => name === 'kind')?.values ?? []
    const kind = kinds.includes('trial') && luck.chance(0.2) ? 'trial' : (kinds[0] ?? 'active')
    const act = { active: 'enroll', trial: 'ask for a trial', wait: 'join a waitlist' }[kind]
    const date = luck.chance(0.05) ? dateIn(-3) : luck.chance(0.4) ? dateIn(luck.below(40)) : undefined
    const children = (form?.controls ?? []).filter(({ name }) => name === 'student').map(({ value }) => value)
    const who = children.includes(student) ? student : (children[0] ?? '')
    const kept = await this.send(act, page, form, { student: who, kind, note: luck.of(notes), ...(date && { date }) })
    // The waitlist needs no cart; some go on looking and check out later, or never.
    if (kind !== 'wait' && kept?.form('/cart/checkout') && luck.chance(0.9)) await this.checkOut(kept)
  }

  async checkOut(page) {
    const form = page.form('/cart/checkout')
    const policies = (form?.controls ?? []).filter(({ name }) => name === 'policy').map(({ value }) => value)
    const means = form?.controls.find(({ name }) => name === 'method')?.values.filter(Boolean) ?? []
    const good = means.filter(value => !/declined|uncertain/.test(value))
    const method = this.luck.chance(0.8) && good.length ? this.luck.of(good) : this.luck.of(means)
    await this.send('check out', page, form, {
      ...(policies.length && { policy: policies }),
      ...(method && { method }),
    })
  }

  async drop() {
    const link = this.luck.of(this.links(await this.account(), /\/enrollments\/\d+\/drop$/))
    if (!link) return this.note('drop', 'not offered')
    const page = await this.visitor.get(link)
    const form = page.form('/drop')
    const reasons = form?.controls.find(({ name }) => name === 'reason')?.values ?? ['']
    const soon = this.luck.chance(0.15) && { date: dateIn(1) }
    await this.send('drop', page, form, { reason: this.luck.of(reasons), note: this.luck.of(notes), ...soon })
  }

  async transfer() {
    const link = this.luck.of(this.links(await this.account(), /\/enrollments\/\d+\/transfer/))
    if (!link) return this.note('transfer', 'not offered')
    const page = await this.visitor.get(link)
    const form = page.form('/transfer')
    const classes = form?.controls.find(({ name }) => name === 'class')?.values.filter(Boolean) ?? []
    await this.send('transfer', page, form, { class: this.luck.of(classes) ?? '', note: this.luck.of(notes) })
  }

  async absenceByDate() {
    const student = this.luck.of(await this.studentIds())
    if (!student) return this.note('absence by date', 'not offered')
    const page = await this.visitor.get(`${this.at}/account/students/${student}/absences/by-date`)
    const from = this.luck.below(20)
    const to = this.luck.chance(0.1) ? from - 2 : from + this.luck.below(12)
    await this.send('absence by date', page, page.form('/by-date'), {
      from: dateIn(from),
      to: dateIn(to),
      note: this.luck.of(notes),
    })
  }

  async absenceByEnrollment() {
    const link = this.luck.of(this.links(await this.account(), /\/absences\/by-enrollment/))
    if (!link) return this.note('absence by enrollment', 'not offered')
    const page = await this.visitor.get(link)
    await this.send('absence by enrollment', page, page.form('/by-enrollment'), { note: this.luck.of(notes) })
  }

  async addStudent() {
    const page = await this.visitor.get(`${this.at}/account/students/new`)
    const { first, birthday } = child(this.luck)
    const wrong = this.luck.chance(0.1)
    const answer = await this.send('add a student', page, page.form('/students'), {
      first,
      birthday: wrong ? dateIn(30) : birthday,
    })
    if (answer) await this.answerPolicies(answer)
  }

  async storeCard() {
    const page = await this.visitor.get(`${this.at}/account/payment-methods/new`)
    const form = page.form('/payment-methods')
    const tokens = form?.controls.find(({ name }) => name === 'token')?.values.filter(Boolean) ?? []
    const recurring = this.luck.chance(0.5) ? '1' : []
    await this.send('store a card', page, form, { token: this.luck.of(tokens) ?? '', recurring })
  }

  async pay() {
    const page = await this.visitor.get(`${this.at}/account/payments`)
    const form = page.form('/payments')
    const owed = form?.controls.some(({ name }) => name === 'charge')
    if (form && !owed && this.luck.chance(0.9)) return this.note('pay', 'not offered')
    const means =
      form?.controls
        .filter(({ name }) => name === 'method')
        .flatMap(({ values }) => values)
        .filter(Boolean) ?? []
    const good = means.filter(value => !/declined|uncertain/.test(value))
    const method = this.luck.chance(0.7) && good.length ? this.luck.of(good) : this.luck.of(means)
    const part = this.luck.chance(0.2) && { amount: '10.00' }
    await this.send('pay', page, form, { ...(method && { method }), ...part })
  }

  async withdraw() {
    const page = await this.account()
    const form = this.luck.of(page.forms.filter(({ action }) => action.endsWith('/withdrawal')))
    await this.send('withdraw', page, form, {})
  }

  async leaveWaitlist() {
    const link = this.luck.of(this.links(await this.account(), /\/waitlist-cancellation$/))
    if (!link) return this.note('leave a waitlist', 'not offered')
    const page = await this.visitor.get(link)
    await this.send('leave a waitlist', page, page.form('/waitlist-cancellation'), {})
  }

  async askForDeletion() {
    // It takes a password, which families of a file do not have.
    if (this.known && this.luck.chance(0.9)) return
    const page = await this.visitor.get(`${this.at}/account/deletion`)
    await this.send('ask for deletion', page, page.form('/deletion'), {
      password: this.password,
      note: this.luck.of(notes),
    })
  }
}

/** What a family may do before the Office has decided anything, and after, each with its share of the families. */
export const before = [
  ['enroll', 1],
  ['enroll', 0.6],
  ['enroll', 0.3],
  ['addStudent', 0.15],
  ['storeCard', 0.35],
  ['withdraw', 0.03],
]
export const after = [
  ['pay', 0.6],
  ['drop', 0.25],
  ['transfer', 0.25],
  ['absenceByDate', 0.3],
  ['absenceByEnrollment', 0.3],
  ['withdraw', 0.08],
  ['leaveWaitlist', 0.1],
  ['enroll', 0.2],
  ['askForDeletion', 0.08],
]
