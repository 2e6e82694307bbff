// Sends the queue, oldest first, one sender over all tabs. A response leaves the queue only when
// the server's own JSON names its id as stored; anything else keeps it.

import { measureSelisih } from './jam.js';

const MAX_ISIAN = 20;
// The server refuses bodies above 64 kB.
const MAX_BYTES = 48 * 1024;
const DENYUT_MS = 60_000;
const JEDA_AWAL_MS = 5_000;
const JEDA_TERPANJANG_MS = 300_000;
const BATAS_WAKTU_MS = 30_000;
// Answers to a request that can never succeed as it is; others may pass.
const SALAH_ISI = [400, 413, 422, 500];
const MAX_DILEWATI = 3;

class KirimError extends Error {
  constructor(teks, { status = 0, tunggu = 0 } = {}) {
    super(teks);
    this.status = status;
    this.tunggu = tunggu;
  }
}

export class Pengirim extends EventTarget {
  terhenti = null; // 'dicabut' | 'tidak-dikenal': the server shuts this tablet out
  #kode;
  #gudang;
  #gagal = 0;
  #bolehMulai = 0;
  #berjalan = Promise.resolve();
  #berikut = null;
  #tabLain;

  constructor(kode, gudang) {
    super();
    this.#kode = kode;
    this.#gudang = gudang;
    this.#tabLain = new BroadcastChannel(`skm-kios-${kode}`);
    this.#tabLain.onmessage = () => this.dispatchEvent(new Event('berubah'));
  }

  start() {
    addEventListener('online', () => this.sendNow());
    setInterval(() => {
      if (performance.now() >= this.#bolehMulai) this.sendNow();
    }, DENYUT_MS);
    return this.sendNow();
  }

  // Resolves after a pass over the queue that began after this call; never rejects.
  sendNow({ lagi = false } = {}) {
    if (lagi) this.terhenti = null;
    this.#berikut ??= this.#berjalan.then(() => {
      this.#berikut = null;
      this.#berjalan = this.#pass();
      return this.#berjalan;
    });
    return this.#berikut;
  }

  async #pass() {
    try {
      const pasangan = await this.#gudang.getMeta('pasangan');
      if (!pasangan || this.terhenti) return;
      const lock = { ifAvailable: true };
      await navigator.locks.request(`skm-kios-${this.#kode}`, lock, async (free) => {
        if (free) await this.#drain(pasangan);
      });
      this.#gagal = 0;
      this.#bolehMulai = 0;
    } catch (error) {
      await this.#backOff(error);
    } finally {
      this.dispatchEvent(new Event('berubah'));
    }
  }

  async #backOff(error) {
    const jeda = Math.min(JEDA_TERPANJANG_MS, JEDA_AWAL_MS * 2 ** this.#gagal);
    this.#gagal += 1;
    const acak = jeda * (0.5 + Math.random() / 2);
    this.#bolehMulai = performance.now() + Math.max(acak, error.tunggu ?? 0);
    const teks = error instanceof KirimError ? error.message : `${error.name}: ${error.message}`;
    await this.#gudang.noteGalat(teks).catch(() => {});
  }

  async #drain(pasangan) {
    let sesudah = 0;
    let jumlah = MAX_ISIAN;
    let dilewati = 0;
    let tertahan = 0;
    // A clock that was never compared is compared before anything is sent.
    let denyut = await this.#gudang.getMeta('selisih') === undefined;
    for (let putaran = 0; ; putaran += 1) {
      const batch = denyut ? [] : fit(await this.#gudang.readAntrean(sesudah, jumlah));
      const terputus = denyut ? [] : await this.#gudang.listTerputus(MAX_ISIAN);
      if (putaran && !denyut && !batch.length && !terputus.length) break;
      let reply;
      try {
        reply = await this.#post(pasangan.token, await this.#makeBody(batch, terputus));
      } catch (error) {
        if (!batch.length || !SALAH_ISI.includes(error.status)) throw error;
        if (batch.length === 1) {
          // Whatever is wrong with this one must not keep the others back.
          sesudah = batch[0].urutan;
          tertahan += 1;
          dilewati += 1;
          if (dilewati >= MAX_DILEWATI) throw error;
        }
        jumlah = 1;
        continue;
      }
      dilewati = 0;
      await this.#notePin(pasangan.token, reply.pin);
      const selesai = sortOut(batch, terputus, reply);
      await this.#gudang.settle(selesai);
      this.dispatchEvent(new Event('berubah'));
      this.#tabLain.postMessage('berubah');
      tertahan += batch.length - selesai.tersimpan.length - selesai.ditolak.length;
      const stuck = !batch.length && terputus.length && !selesai.terputus.length;
      if (putaran && stuck) break;
      sesudah = batch.at(-1)?.urutan ?? sesudah;
      denyut = false;
    }
    if (tertahan) throw new KirimError(`${tertahan} isian belum diterima server`);
  }

  async #makeBody(batch, terputus) {
    const menunggu = await this.#gudang.countAntrean();
    const selisih = (await this.#gudang.getMeta('selisih'))?.detik ?? null;
    return {
      menunggu: menunggu - batch.length,
      terputus: terputus.map((one) => ({ ...one, selisih: one.selisih ?? selisih })),
      isian: batch.map(({ kiriman }) => ({ ...kiriman, selisih: kiriman.selisih ?? selisih })),
    };
  }

  async #post(token, body) {
    const batal = new AbortController();
    const timer = setTimeout(() => batal.abort(), BATAS_WAKTU_MS);
    const dikirim = Date.now();
    const mulai = performance.now();
    try {
      const response = await fetch(`/kios/${this.#kode}/kirim`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify({ ...body, sekarang: new Date(dikirim).toISOString() }),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        signal: batal.signal,
      });
      const lama = performance.now() - mulai;
      const dijawab = Date.now();
      const reply = await readReply(response);
      if (response.status === 401 && ['dicabut', 'tidak-dikenal'].includes(reply?.status)) {
        this.terhenti = reply.status;
      }
      checkReply(response, reply);
      await this.#noteContact({ dikirim, dijawab, lama, sekarang: reply.sekarang });
      return reply;
    } catch (error) {
      if (error instanceof KirimError) throw error;
      throw new KirimError(error.name === 'AbortError' ? 'server terlalu lama menjawab'
        : 'server tidak terjangkau');
    } finally {
      clearTimeout(timer);
    }
  }

  // The admin may have given this tablet another PIN since.
  async #notePin(token, pin) {
    const pasangan = await this.#gudang.getMeta('pasangan');
    if (!pin || pasangan?.token !== token || pasangan.pin === pin) return;
    await this.#gudang.setMeta('pasangan', { ...pasangan, pin });
  }

  async #noteContact(pengukuran) {
    const detik = measureSelisih(pengukuran);
    await this.#gudang.setMeta('kontak', pengukuran.sekarang);
    if (detik !== null) await this.#gudang.setMeta('selisih', { detik });
  }
}

// As many as go into one body; a single one always goes.
function fit(antrean) {
  const encoder = new TextEncoder();
  let bytes = 0;
  const end = antrean.findIndex(({ kiriman }) => {
    bytes += encoder.encode(JSON.stringify(kiriman)).length + 40;
    return bytes > MAX_BYTES;
  });
  return end < 0 ? antrean : antrean.slice(0, Math.max(1, end));
}

async function readReply(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

// Only our server's own answer counts; other networks answer 200 with pages of theirs.
function checkReply(response, reply) {
  const usable = response.status === 200 && reply?.status === 'ok'
    && Array.isArray(reply.hasil) && !Number.isNaN(Date.parse(reply.sekarang));
  if (usable) return;
  const tunggu = 1000 * Number(response.headers.get('Retry-After')) || 0;
  const teks = response.ok ? 'jawaban bukan dari server SKM' : `server menjawab ${response.status}`;
  throw new KirimError(reply?.status ? `${teks} (${reply.status})` : teks,
    { status: response.status, tunggu: Math.min(tunggu, JEDA_TERPANJANG_MS) });
}

function sortOut(batch, terputus, reply) {
  const said = new Map();
  for (const one of reply.hasil) {
    // Two answers about one response are none.
    said.set(one?.id, said.has(one?.id) && said.get(one.id).status !== one.status ? {} : one);
  }
  const of = (entry) => said.get(entry.id)?.status;
  const counted = Array.isArray(reply.terputus) ? reply.terputus : [];
  return {
    tersimpan: batch.filter((entry) => of(entry) === 'tersimpan'),
    ditolak: batch.filter((entry) => ['bentrok', 'salah'].includes(of(entry)))
      .map((entry) => ({ ...entry, ...pick(said.get(entry.id)) })),
    terputus: terputus.map(({ id }) => id).filter((id) => counted.includes(id)),
  };
}

function pick({ status, pesan }) {
  return { status, pesan: String(pesan ?? '') };
}
