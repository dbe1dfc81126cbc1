import { raw } from 'hono/html'
import { language } from '../../src/language'

export type MailProps = {
  business: string
  subject: string
  /** Written by markup.ts, which escapes whatever people typed. */
  html: string
  /** Why it came, and the way out of Email Blasts. */
  footer: { text: string; link?: { label: string; href: string } }
}

/**
 * Mail programs know little CSS and keep even less, so this asks for little: a readable width, the reader's own font and
 * colours, in light and dark. The sheet is one constant text, which a Content-Security-Policy can name by its hash.
 */
export const mailSheet =
  'body{margin:0;padding:24px 16px;font:16px/1.5 sans-serif}main,footer{max-width:36rem;margin:0 auto}footer{margin-top:32px;padding-top:12px;border-top:1px solid;font-size:13px;opacity:.8}h1{font-size:22px}h2{font-size:18px}td,th{padding:4px 12px 4px 0;text-align:left}'

/** An e-mail as a page of HTML. */
export const MailPage = ({ business, subject, html, footer }: MailProps) => (
  <>
    {raw('<!doctype html>')}
    <html lang={language()}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{subject}</title>
        <style>{raw(mailSheet)}</style>
      </head>
      <body>
        <main>{raw(html)}</main>
        <footer>
          {business}. {footer.text}
          {footer.link && (
            <>
              {' '}
              <a href={footer.link.href}>{footer.link.label}</a>
            </>
          )}
        </footer>
      </body>
    </html>
  </>
)
