import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const gatebook = 'http://localhost:1984'

/** What the server does when it sends the page. */
const settingsInPage: Plugin = {
  name: 'settings-in-page',
  apply: 'serve',
  transformIndexHtml: async (html) => {
    const settings = await (await fetch(`${gatebook}/api/1/settings`)).text()
    const content = settings.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
    return html.replace('name="gatebook-settings" content=""', () => `name="gatebook-settings" content="${content}"`)
  },
}

/** `npm run build:pages` writes the pages to `dist/pages`; `npm run dev:pages` serves them with a Gatebook on its usual port behind them. */
export default defineConfig({
  root: folder('./pages'),
  cacheDir: folder('../node_modules/.vite'),
  plugins: [settingsInPage],
  // The router's stand-in for a hook that React 18 and newer have.
  resolve: { alias: { 'use-sync-external-store/shim/index.js': 'react' } },
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: folder('../dist/pages'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // A data: address would need one more source in the policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // 'use client' means nothing here: there is no server that renders components.
      onLog: (level, log, handle) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log)
      },
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  server: {
    port: 5173,
    // Gatebook refuses what browsers send from an origin that is not its own, and here that is Vite's.
    proxy: Object.fromEntries(
      ['/api', '/health', '/logo', '/docs', '/openapi.json'].map((path) => [path, { target: gatebook, headers: { origin: gatebook } }]),
    ),
  },
})
