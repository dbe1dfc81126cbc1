import { count } from '../ui/bits'
import type { WindowProps } from './types'

/** "87 items", "1,000+ items": more than that were not counted. */
export const sayTotal = ({ count: number, more }: WindowProps['total']) =>
  more ? `${number.toLocaleString('en-US')}+ items` : count(number, 'item')
