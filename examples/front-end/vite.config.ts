import { defineConfig } from 'vite'

/**
 * Start Gatebook with `ALLOWED_ORIGINS=http://localhost:5174`, then `npx vite examples/front-end`.
 * In this repository, `npm run build` comes first, and makes the package that is imported.
 */
export default defineConfig({
  server: { port: 5174, strictPort: true },
  define: { GATEBOOK: JSON.stringify(process.env.GATEBOOK ?? 'http://localhost:1984') },
})
