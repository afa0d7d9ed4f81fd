import type { FastifyReply } from 'fastify'

/**
 * For every answer: nothing of it is guessed at, framed, kept by a cache or told to other sites. Pages widen the policy for
 * themselves, as far as they need.
 */
export function setSecurityHeaders(reply: FastifyReply): void {
  reply.headers({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
}
