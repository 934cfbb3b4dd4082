/** Gatebook inside one's own Fastify app. */
export { sessionOf } from './api/guards/live-session.ts'
export { embedGatebook as openGatebook } from './composition/embed.ts'
