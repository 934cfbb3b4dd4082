import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../react/styles.css'
import './styles/base.css'
import './styles/shell.css'
import { App } from './app.tsx'
import { takeLinkToken } from './shell/link-token.ts'
import { applyColor, readSettings } from './shell/settings.ts'

takeLinkToken()
addEventListener('hashchange', takeLinkToken)
const settings = readSettings()
applyColor(settings)

// Out of the browser's memory of pages comes the state of an earlier moment.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload()
})

const root = document.getElementById('app')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App settings={settings} />
    </StrictMode>,
  )
}
