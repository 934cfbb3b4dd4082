import { lazy } from 'react'

/** Loaded when it is needed, by two places: named once, because each name costs the first script bytes. */
export const LazyLinksArea = lazy(() => import('./links-area.tsx'))
