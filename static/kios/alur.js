// One visit from the first tap to thanks, or to the moment nobody is there any more.

import { Diam } from './diam.js';
import { KATA } from './kata.js';
import { Kunjungan } from './kunjungan.js';
import * as layar from './layar.js';
import { closeWarning, countWarning, isShown, show, showWarning } from './tampilan.js';

const TUNGGU_SERVER_MS = 4_000;
const KEMBALI_SENDIRI_DETIK = 8;
const LEBIH_LAMA_DETIK = 60;
const COBA_SIMPAN_MS = 15_000;

export class Alur {
  #kios;
  #kunjungan = null;
  #pewaktu = null;
  tertahan = null; // a finished form that could not be stored yet, and its language

  constructor(kios) {
    this.#kios = kios;
    setInterval(() => this.#saveTertahan(), COBA_SIMPAN_MS);
    this.diam = new Diam({
      warn: () => showWarning(this.sedangDiisi),
      count: countWarning,
      extend: closeWarning,
      expire: () => kios.toAttract(),
    });
  }

  get sedangDiisi() {
    return this.#kunjungan !== null;
  }

  begin(isi, bahasa) {
    this.#kunjungan = new Kunjungan(isi, bahasa);
    this.resume();
  }

  // Shows the step at which the visit stands.
  resume() {
    const kunjungan = this.#kunjungan;
    const kata = KATA[kunjungan.bahasa];
    this.diam.start();
    show(layar.step(kunjungan, kata, this), {
      bahasa: kunjungan.bahasa, kelas: kunjungan.sekarang.jenis,
    });
    this.#kios.refreshStatus();
  }

  next = (record) => {
    const before = this.#kunjungan.dimulai;
    record();
    if (!before && this.#kunjungan.dimulai) this.#noteBegun();
    this.#kunjungan.posisi += 1;
    this.resume();
  };

  back = () => {
    if (this.#kunjungan.posisi === 0) {
      this.#kios.toAttract();
    } else {
      this.#kunjungan.posisi -= 1;
      this.resume();
    }
  };

  finish = async () => {
    const { bahasa } = this.#kunjungan;
    this.tertahan = { kiriman: this.#kunjungan.toKiriman(this.#kios.selisih), bahasa };
    this.#kunjungan = null;
    // From here on nobody's silence destroys the answers: they are kept until they are stored.
    this.diam.stop();
    await this.trySaving();
  };

  trySaving = async () => {
    const { bahasa } = this.tertahan;
    show(layar.sending(KATA[bahasa]), { bahasa, kelas: 'tengah simpan' });
    this.#kios.refreshStatus({ petugas: false });
    await this.#saveTertahan();
    if (this.tertahan) this.showTertahan();
  };

  showTertahan() {
    const { bahasa } = this.tertahan;
    show(layar.notSaved(KATA[bahasa], this.trySaving), { bahasa, kelas: 'tengah simpan' });
    this.#kios.refreshStatus();
  }

  // Stops whatever would change the screen by itself.
  pause() {
    this.diam.stop();
    clearInterval(this.#pewaktu);
  }

  // Drops the answers; a form that was begun is counted, not scored.
  drop() {
    this.pause();
    const begun = this.#kunjungan?.dimulai ?? false;
    this.#kunjungan = null;
    return begun ? this.#kios.gudang.giveUpBerjalan().catch(() => {}) : Promise.resolve();
  }

  #noteBegun() {
    const { gudang, selisih } = this.#kios;
    const terputus = { id: crypto.randomUUID(), diisi: new Date().toISOString(), selisih };
    gudang.noteBerjalan(terputus).catch(() => {});
  }

  async #saveTertahan() {
    if (!this.tertahan) return;
    const { kiriman, bahasa } = this.tertahan;
    try {
      await this.#kios.gudang.saveIsian(kiriman);
    } catch (error) {
      this.#kios.gudang.noteGalat(`tidak dapat menyimpan: ${error.name}`).catch(() => {});
      return;
    }
    if (this.tertahan?.kiriman !== kiriman) return;
    this.tertahan = null;
    const terkirim = await this.#awaitServer(kiriman.id);
    // An operator may have come to help meanwhile.
    if (isShown('simpan')) this.#thank({ kode: kiriman.kode_pengaduan, terkirim, bahasa });
  }

  // Whether the server has it, if it says so soon.
  async #awaitServer(id) {
    const { gudang, pengirim } = this.#kios;
    await Promise.race([
      pengirim.sendNow(),
      new Promise((resolve) => { setTimeout(resolve, TUNGGU_SERVER_MS); }),
    ]);
    return gudang.isWaiting(id).then((waiting) => !waiting, () => false);
  }

  #thank({ kode, terkirim, bahasa }) {
    const kata = KATA[bahasa];
    const leave = () => this.#kios.toAttract();
    let akhir = performance.now() + KEMBALI_SENDIRI_DETIK * 1000;
    const count = () => {
      const sisa = Math.ceil((akhir - performance.now()) / 1000);
      const hitung = document.getElementById('hitung');
      if (sisa <= 0) leave();
      else if (hitung) hitung.textContent = kata.kembaliSendiri(sisa);
    };
    const stay = () => {
      akhir = performance.now() + LEBIH_LAMA_DETIK * 1000;
      count();
    };
    show(layar.thanks(kata, { kode, terkirim, leave, stay }), { bahasa, kelas: 'tengah' });
    this.#kios.refreshStatus();
    clearInterval(this.#pewaktu);
    this.#pewaktu = setInterval(count, 500);
    count();
  }
}
