import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { build } from 'vite'

const entry = 'own-front-end'
const folder = join(import.meta.dirname, '../../../web')

/** A front end of somebody else: what `script` draws with `gatebook/react`, as one page at `/own`. */
export const ownFrontEnd = async (script: string) => {
  const { output } = (await build({
    configFile: false,
    logLevel: 'warn',
    root: folder,
    resolve: { alias: { 'gatebook/client': join(folder, 'client/index.ts'), 'gatebook/react': join(folder, 'react/index.ts') } },
    plugins: [
      {
        name: entry,
        resolveId: (id) => (id === entry ? `${folder}/${entry}.js` : null),
        load: (id) => (id === `${folder}/${entry}.js` ? script : null),
      },
    ],
    base: '/own/',
    build: { write: false, rolldownOptions: { input: entry } },
  })) as unknown as { readonly output: readonly { readonly fileName: string; readonly code?: string; readonly source?: string }[] }
  const ofType = (end: string) => output.filter(({ fileName }) => fileName.endsWith(end)).map(({ fileName }) => `/own/${fileName}`)
  const main = output.find((file) => 'isEntry' in file && file.isEntry)?.fileName
  const styles = ofType('.css').map((path) => `<link rel="stylesheet" href="${path}">`)
  const body = '<main><h1>A shop</h1><div id="app"></div></main>'
  const html = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>A shop</title><style>body{margin:0}</style>${styles.join('')}${body}<script type="module" src="/own/${main}"></script></html>`

  return async (page: Page) => {
    await page.route('**/own/**', (route) => {
      const path = new URL(route.request().url()).pathname.replace('/own/', '')
      const file = output.find(({ fileName }) => fileName === path)
      return route.fulfill(
        file === undefined
          ? { contentType: 'text/html', body: html }
          : { contentType: path.endsWith('.css') ? 'text/css' : 'text/javascript', body: file.code ?? String(file.source) },
      )
    })
    await page.goto('/own/')
  }
}
