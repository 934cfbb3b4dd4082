import type { StartedEnrollment } from '../../../react/enrollment/confirm-step.tsx'

export type FactorChange =
  | { readonly step: 'enroll'; readonly started: StartedEnrollment; readonly replaces: boolean }
  | { readonly step: 'keep'; readonly codes: readonly string[] }
  | { readonly step: 'done'; readonly what: 'enabled' | 'disabled' | 'renewed' | 'stopped' }

export type OnFactorChange = (change: FactorChange) => void
