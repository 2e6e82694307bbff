// Checks the operator's PIN with no network, and slows down whoever tries all of them.

const BEBAS = 3;
const JEDA_AWAL_MS = 30_000;
const JEDA_TERPANJANG_MS = 15 * 60_000;

// Whether a PIN fits `rounds$salt$hash` (PBKDF2-SHA256, hexadecimal).
export async function fits(pin, stored) {
  const [rounds, salt, hash] = stored.split('$');
  const key = await crypto.subtle.importKey(
    'raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits']);
  const parameters = {
    name: 'PBKDF2', hash: 'SHA-256', salt: fromHex(salt), iterations: Number(rounds),
  };
  const bits = await crypto.subtle.deriveBits(parameters, key, hash.length * 4);
  return toHex(new Uint8Array(bits)) === hash;
}

// Milliseconds until the next try is allowed. The count outlives a restart; a clock that was set
// back never makes the wait longer than the longest.
export function waitLeft(percobaan) {
  if (!percobaan) return 0;
  return Math.min(Math.max(0, percobaan.sampai - Date.now()), JEDA_TERPANJANG_MS);
}

export function afterWrong(percobaan) {
  const gagal = (percobaan?.gagal ?? 0) + 1;
  const jeda = gagal < BEBAS ? 0
    : Math.min(JEDA_TERPANJANG_MS, JEDA_AWAL_MS * 2 ** (gagal - BEBAS));
  return { gagal, sampai: Date.now() + jeda };
}

function fromHex(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
