import * as paths from '../../src/paths'
import { BareLayout } from '../layouts/bare'

/** Several businesses behind one address: which one is meant. */
export const FrontPage = ({ slugs }: { slugs: string[] }) => (
  <BareLayout title="Cartwheel">
    <h1>Which business?</h1>
    <ul class="plain-list">
      {slugs.map(slug => (
        <li>
          <a href={paths.portal(slug).home}>{slug}</a>
        </li>
      ))}
    </ul>
  </BareLayout>
)
