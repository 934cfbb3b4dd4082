/** Gatebook inside one's own Fastify app, and the guard for services that take its access tokens. */
export { sessionOf } from './api/guards/live-session.ts'
export type { OtpProvider } from './application/ports.ts'
export { embedGatebook as openGatebook } from './composition/embed.ts'
export { accessTokenOf, createAccessTokenGuard } from './infrastructure/access-tokens/access-token-guard.ts'
export { deliveredCodeProvider } from './infrastructure/otp/delivered-code-provider.ts'
