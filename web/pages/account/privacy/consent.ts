import type { AnswerOf } from '../../../client/result.ts'

export type Consent = AnswerOf<'GET /me/consents'>['consents'][number]
