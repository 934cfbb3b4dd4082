/** Gatebook inside one's own Fastify app, and the guard for services that take its access tokens. */

export { accessTokenOf, createAccessTokenGuard } from './api/guards/access-token-guard.ts'
export { sessionOf } from './api/guards/guarded-session.ts'
export type { OtpProvider } from './application/ports/otp.ts'
export { embedGatebook as openGatebook } from './composition/embed.ts'
export { deliveredCodeProvider } from './infrastructure/otp/delivered-code-provider.ts'
