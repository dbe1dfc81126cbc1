import { t } from '../../src/language'
import * as paths from '../../src/paths'
import { PortalLayout, type PortalShell } from '../layouts/portal'
import { Button } from '../ui/button'
import { FormKey } from '../ui/form'

export type QrProps = {
  shell: PortalShell
  student: { id: number; name: string }
  code?: { path: string; size: number; made: string }
  /** Nothing for who may only look. */
  formKey?: string
}

/** The code of a student, to be shown on a phone or printed. */
export const QrPage = ({ shell, student, code, formKey }: QrProps) => {
  const at = paths.portal(shell.slug)
  return (
    <PortalLayout shell={shell} title={t('QR Codes')} current="account" narrow>
      <h1>{t('QR Codes')}</h1>
      <div class="stack">
        <section class="card">
          <div class="body stack">
            <h2>{student.name}</h2>
            {code ? (
              <>
                <svg class="qr" viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label={t('QR code')}>
                  <rect width={code.size} height={code.size} />
                  <path d={code.path} />
                </svg>
                <p class="quiet">{t('Made on {day}. Show it at the door, or print this page.', { day: code.made })}</p>
              </>
            ) : (
              <p class="quiet">{t('There is no code yet.')}</p>
            )}
            {formKey && (
              <form class="stack" method="post" action={at.qrCodes(student.id)}>
                <FormKey value={formKey} />
                <div>
                  <Button>{code ? t('New code') : t('Make a code')}</Button>
                </div>
                {code && <p class="quiet screen">{t('A new code ends this one, also on paper.')}</p>}
              </form>
            )}
          </div>
        </section>
        <p class="screen">
          <a href={at.account()}>{t('My Account')}</a>
        </p>
      </div>
    </PortalLayout>
  )
}
