import { expect, test } from 'vitest'
import { timeOfDay, today } from '../../src/clock'

const hour = 3_600_000

test.each(['America/Chicago', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'])(
  'the wall of %s is what Intl says, hour by hour through a year with its changes of clocks',
  zone => {
    const intl = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    const wrong: string[] = []
    for (let ms = Date.UTC(2026, 0, 1) + 1_799_000; ms < Date.UTC(2027, 0, 1); ms += hour) {
      const said = `${today(ms, zone)} ${timeOfDay(ms, zone)}`
      if (said !== intl.format(ms)) wrong.push(`${said} is ${intl.format(ms)}`)
    }
    expect(wrong).toEqual([])
  },
)
