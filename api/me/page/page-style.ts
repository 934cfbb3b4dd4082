import { createHash } from 'node:crypto'

/** No font, image or script: the file must look the same in ten years, and load nothing. */
export const pageStyle = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
h2 { margin-top: 2.5rem; border-bottom: 1px solid }
h3 { margin: 1.5rem 0 0; font-size: 1rem }
dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .25rem 1rem; margin: .5rem 0 }
dt { font-weight: 600 }
dd { margin: 0; overflow-wrap: anywhere }
dd dl, dd ul { margin: 0; padding-left: 1rem }
footer { margin-top: 3rem; border-top: 1px solid }
@media print { body { max-width: none; margin: 0 } article { break-inside: avoid } }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .5rem } }
`

const styleHash = createHash('sha256').update(pageStyle).digest('base64')

/** In the file itself too, because it is opened where no server sends headers. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`
