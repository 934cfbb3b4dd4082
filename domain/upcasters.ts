import type { Upcaster } from './kernel/reader.ts'

/** From one shape to the next: `'Type@1': (data) => ({ type: 'Type', version: 2, data: { ...data, … } })`. */
export const upcasters: Readonly<Record<string, Upcaster>> = {
  'DataRead@1': (data) => ({ type: 'DataRead', version: 2, data }),
  'SessionRevoked@1': (data) => ({ type: 'SessionRevoked', version: 2, data }),
  'AccountSummarized@1': (data) => ({
    type: 'AccountSummarized',
    version: 2,
    data: { ...(data as object), emailRevision: 0, emailChangeRequestedAt: null },
  }),
  'CodeAttempted@1': (data) => ({ type: 'CodeAttempted', version: 2, data }),
  'EmailReleased@1': (data) => ({ type: 'EmailReleased', version: 2, data }),
  'ReauthenticationAttempted@1': (data) => ({ type: 'ReauthenticationAttempted', version: 2, data }),
  'AccessSummarized@1': (data) => ({ type: 'AccessSummarized', version: 2, data: { ...(data as object), exportedAt: null } }),
}
