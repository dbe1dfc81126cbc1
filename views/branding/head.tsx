import * as paths from '../../src/paths'

/** What a business adds to the head of each of its pages. */
export const BrandHead = ({ slug, accent }: { slug: string; accent: string }) => (
  <>
    {accent !== paths.plainAccent && <link rel="stylesheet" href={paths.brandSheet(accent.slice(1))} />}
    <link rel="manifest" href={paths.portal(slug).manifest()} />
    <meta name="worker" content={paths.asset('/js/worker.js')} />
    <meta name="theme-color" content={accent} />
  </>
)
