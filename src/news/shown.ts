import { type Account, businessZone, locationOf } from '../accounts/account'
import { sayWhen } from '../clock'
import { newsHtml, type ShownNews } from './news'

/** News as the Welcome page and the Dashboard say them. */
export const newsLines = (account: Account, news: ShownNews[]) =>
  news.map(({ title, text, by, fromAt, locationId }) => ({
    title,
    html: newsHtml(text),
    about: [by, locationOf(account, locationId)?.name, sayWhen(fromAt, account.now, businessZone(account))]
      .filter(Boolean)
      .join(', '),
  }))
