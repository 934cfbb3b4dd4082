import { defineConfig } from 'vite'

/** `npx vite build examples/embedded-front-end/page`, then `node examples/embedded-front-end/server.ts`. */
export default defineConfig({
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { entryFileNames: 'shop.js' } },
  },
})
