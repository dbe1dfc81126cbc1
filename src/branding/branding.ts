import type { Account } from '../accounts/account'
import { settingStatements } from '../business/change-settings'
import { type Answer, commit } from '../database'
import type { SettingName, Settings } from '../settings'
import { forgetPictures, keepPicture, type Picture } from './pictures'

/** The parts of My Account, in the order in which they stand until a business wants another. */
export const accountParts = ['students', 'payments', 'history', 'information', 'security'] as const

export type AccountPart = (typeof accountParts)[number]

/** The order that a business chose; parts it does not name stand at the end. */
export function partsInOrder(settings: Settings): AccountPart[] {
  const wanted = settings['brand.sections'].split(',')
  const place = (part: string) => (wanted.includes(part) ? wanted.indexOf(part) : wanted.length)
  return [...accountParts].sort((a, b) => place(a) - place(b))
}

export interface Look {
  accent: string
  frontText: string
  layout: string
  sections: string
  /** A new one, none any more, or the one that is there. */
  logo: Picture | 'none' | undefined
}

/** Keeps how the portal looks, with a line in the audit log for each thing that changed (CP9). */
export async function changeLook(account: Account, look: Look, answer: Answer): Promise<void> {
  const { settings } = account
  const wanted = new Map<SettingName, string>([
    ['brand.accent', look.accent],
    ['brand.front_text', look.frontText],
    ['brand.class_layout', look.layout],
    ['brand.sections', look.sections],
  ])
  if (look.logo) wanted.set('brand.logo', look.logo === 'none' ? '' : look.logo.hash)
  const changed = new Map([...wanted].filter(([name, value]) => settings[name] !== value))
  const statements = settingStatements(account, changed)
  if (look.logo && look.logo !== 'none') statements.push(keepPicture(account, look.logo))
  await commit(account, [...statements, forgetPictures(account)], answer)
}
