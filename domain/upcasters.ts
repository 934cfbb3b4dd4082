import type { Upcaster } from './kernel/reader.ts'

/** New words only: what was written before is as it was. */
const wider = (type: string, version: number): Readonly<Record<string, Upcaster>> => ({
  [`${type}@${version - 1}`]: (data) => ({ type, version, data }),
})

/** What was written before there were keys that log in. */
const keyless = (type: string, version: number): Readonly<Record<string, Upcaster>> => ({
  [`${type}@${version - 1}`]: (data) => ({ type, version, data: { ...(data as object), key: null } }),
})

/** From one shape to the next: `'Type@1': (data) => ({ type: 'Type', version: 2, data: { ...data, … } })`. */
export const upcasters: Readonly<Record<string, Upcaster>> = {
  ...wider('DataRead', 2),
  ...wider('AccountCreated', 2),
  ...wider('InvitationMailed', 2),
  ...wider('PasswordReplaced', 2),
  ...wider('AllSessionsRevoked', 2),
  ...wider('AllSessionsRevoked', 3),
  ...wider('AccountErased', 2),
  ...wider('LoginUnlocked', 2),
  'LoginSummarized@1': (data: { readonly challenges: readonly object[] }) => ({
    type: 'LoginSummarized',
    version: 2,
    data: { ...data, keyOwner: null, challenges: data.challenges.map((challenge) => ({ ...challenge, key: null })) },
  }),
  ...wider('CodeEntryUnlocked', 2),
  ...wider('SessionGranted', 2),
  ...keyless('SessionGranted', 3),
  ...wider('SessionElevated', 2),
  ...wider('SessionFactorWithdrawn', 2),
  ...wider('SessionSummarized', 2),
  ...keyless('SessionSummarized', 3),
  ...keyless('ChallengeIssued', 2),
  ...wider('SessionRevoked', 2),
  ...wider('SessionRevoked', 3),
  'EmailReplaced@1': (data) => ({ type: 'EmailReplaced', version: 2, data: { ...(data as object), emailVerified: true } }),
  'EmailReserved@1': (data) => ({ type: 'EmailReserved', version: 2, data: { ...(data as object), emailVerified: true } }),
  'EmailClaimSummarized@1': (data: { readonly claim: { readonly reservation: object | null } | null }) => {
    const { claim } = data
    const reservation = claim?.reservation && { ...claim.reservation, emailVerified: true }
    return { type: 'EmailClaimSummarized', version: 2, data: { ...data, claim: claim && { ...claim, reservation } } }
  },
  'AccountSummarized@1': (data) => ({
    type: 'AccountSummarized',
    version: 2,
    data: { ...(data as object), emailRevision: 0, emailChangeRequestedAt: null },
  }),
  ...wider('EmailReplaced', 3),
  'AccountSummarized@2': (data: { readonly emailIndex: string }) => ({
    type: 'AccountSummarized',
    version: 3,
    data: { ...data, loginIndex: data.emailIndex, identities: [], passwordChangeRequired: false },
  }),
  ...wider('CodeAttempted', 2),
  ...wider('EmailReleased', 2),
  ...wider('ReauthenticationAttempted', 2),
  'AccessSummarized@1': (data) => ({ type: 'AccessSummarized', version: 2, data: { ...(data as object), exportedAt: null } }),
}
