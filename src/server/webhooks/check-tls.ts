import { X509Certificate } from 'node:crypto'
import type { Mistake } from '../../contract/problem.ts'
import { unverifiedTlsSetting } from '../outbound/tls-options.ts'
import type { WebhookSettings } from './webhook.ts'

/** Every mistake in what a webhook is set to trust. Pure. */
export function checkTls({ ca, verify }: WebhookSettings['tls'], allowUnverifiedTls: boolean): readonly Mistake[] {
  return [
    ...(verify || allowUnverifiedTls
      ? []
      : [
          {
            pointer: '#/tls/verify',
            detail: `Certificates are verified unless the operator sets ${unverifiedTlsSetting}. Give the certificates of your own authority in \`ca\` instead.`,
          },
        ]),
    ...(ca === null ? [] : checkCertificates(ca)),
  ]
}

function checkCertificates(pem: string): readonly Mistake[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []
  const rest = pem.replaceAll(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g, '').trim()
  if (blocks.length === 0 || rest !== '')
    return [{ pointer: '#/tls/ca', detail: 'Certificates in PEM form are expected, and nothing beside them.' }]
  return blocks.flatMap((block, index) =>
    isCertificate(block)
      ? []
      : [{ pointer: '#/tls/ca', detail: `Certificate ${index + 1} of ${blocks.length} cannot be read.` }],
  )
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}
