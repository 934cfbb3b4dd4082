import { createClient } from 'gatebook/client'
import { GatebookProvider } from 'gatebook/react'
import 'gatebook/react/styles.css'
import { createRoot } from 'react-dom/client'
import { Shop } from './shop.tsx'

declare const GATEBOOK: string

/** Gatebook is at another origin, and this one is in its ALLOWED_ORIGINS. */
const client = createClient({ baseUrl: GATEBOOK })

const root = document.getElementById('app')
if (root !== null) {
  createRoot(root).render(
    <GatebookProvider client={client}>
      <Shop />
    </GatebookProvider>,
  )
}
