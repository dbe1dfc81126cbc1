/** A device with passkeys, as far as a browser would let it be seen: one key, unlocked by its owner at every use. */

const text = (bytes: ArrayBuffer | Uint8Array) =>
  new Uint8Array(bytes as ArrayBuffer).toBase64({ alphabet: 'base64url', omitPadding: true })
const utf8 = (words: string) => new TextEncoder().encode(words)
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap(part => [...part]))
const sha256 = async (bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))

/** Present, verified; with a new key in it. */
const flags = { used: 0x05, made: 0x45 }

export async function device(origin: string) {
  const rpId = new URL(origin).hostname
  const { publicKey, privateKey } = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const raw = new Uint8Array((await crypto.subtle.exportKey('raw', publicKey)) as ArrayBuffer)
  const [x, y] = [raw.slice(1, 33), raw.slice(33)]
  const id = crypto.getRandomValues(new Uint8Array(16))
  let counter = 0
  const data = async (flag: number, more = new Uint8Array()) => {
    counter += 1
    return joined(await sha256(utf8(rpId)), Uint8Array.of(flag, 0, 0, 0, counter), more)
  }
  const client = (type: string, challenge: string, from = origin) =>
    utf8(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }))
  // {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR: a key of P-256 for ES256.
  const cose = joined(Uint8Array.of(0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32), x, Uint8Array.of(0x22, 0x58, 32), y)

  return {
    id: text(id),
    async create({ challenge }: { challenge: string }) {
      const made = joined(new Uint8Array(16), Uint8Array.of(0, id.length), id, cose)
      const authData = await data(flags.made, made)
      const attestationObject = joined(
        Uint8Array.of(0xa3, 0x63),
        utf8('fmt'),
        Uint8Array.of(0x64),
        utf8('none'),
        Uint8Array.of(0x67),
        utf8('attStmt'),
        Uint8Array.of(0xa0, 0x68),
        utf8('authData'),
        Uint8Array.of(0x58, authData.length),
        authData,
      )
      const clientDataJSON = text(client('webauthn.create', challenge))
      const response = { clientDataJSON, attestationObject: text(attestationObject), transports: ['internal'] }
      return { id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {}, response }
    },
    async get({ challenge }: { challenge: string }, from = origin) {
      const authenticatorData = await data(flags.used)
      const clientData = client('webauthn.get', challenge, from)
      const signed = joined(authenticatorData, await sha256(clientData)) as Uint8Array<ArrayBuffer>
      const signature = derOf(
        new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, signed)),
      )
      const response = {
        clientDataJSON: text(clientData),
        authenticatorData: text(authenticatorData),
        signature: text(signature),
      }
      return { id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {}, response }
    },
  }
}

/** A signature as authenticators write it: two integers in DER. */
function derOf(signature: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array) => {
    const from = bytes.findIndex(byte => byte !== 0)
    const short = bytes.slice(Math.max(0, from))
    const whole = (short[0] ?? 0) > 127 ? joined(Uint8Array.of(0), short) : short
    return joined(Uint8Array.of(2, whole.length), whole)
  }
  const both = joined(integer(signature.slice(0, 32)), integer(signature.slice(32)))
  return joined(Uint8Array.of(0x30, both.length), both)
}
