// What an operator does at the tablet, once the PIN is right.

import { KATA } from './kata.js';
import { afterWrong, fits, waitLeft } from './pin.js';
import { confirmUnpair, pairing, panel, pinPad } from './petugas.js';
import { show } from './tampilan.js';

export class Meja {
  #kios;
  #bahasa = 'id';
  #terunduh = null; // what the last download of this sitting held

  constructor(kios) {
    this.#kios = kios;
  }

  get #kata() {
    return KATA[this.#bahasa];
  }

  askPin(bahasa, back) {
    this.#bahasa = bahasa;
    const check = (pin) => this.#checkPin(pin);
    this.#show(pinPad(this.#kata, check, back), 'sempit');
    this.#kios.alur.diam.start();
  }

  // null when the PIN was right and the panel is open, else what to say.
  async #checkPin(pin) {
    const { gudang } = this.#kios;
    const percobaan = await gudang.getMeta('pin');
    const sisa = waitLeft(percobaan);
    if (sisa > 0) return this.#kata.pinTunggu(Math.ceil(sisa / 1000));
    const { pin: stored } = await gudang.getMeta('pasangan');
    // Counted before it is checked: pulling the plug does not give a try back.
    await gudang.setMeta('pin', afterWrong(percobaan));
    if (!await fits(pin, stored)) return this.#kata.pinSalah;
    await gudang.setMeta('pin', null);
    await this.#kios.alur.drop();
    this.#terunduh = null;
    await this.openPanel();
    return null;
  }

  openPanel = async () => {
    const facts = await this.#kios.readFacts();
    this.#show(panel(this.#kata, facts, {
      send: this.#send,
      download: this.#download,
      pairAgain: () => this.#kios.askKode(this.openPanel),
      leaveFullscreen: () => document.exitFullscreen().then(this.openPanel, () => {}),
      unpair: this.#unpair,
      clearRefused: this.#clearRefused,
      close: () => this.#kios.toAttract(),
    }), 'panel');
    this.#kios.alur.diam.start();
  };

  #show(elements, kelas) {
    show(elements, { bahasa: this.#bahasa, kelas });
    this.#kios.refreshStatus({ petugas: false });
  }

  #send = async (pesan) => {
    pesan.textContent = this.#kata.sedangMengirim;
    await this.#kios.pengirim.sendNow({ lagi: true });
    const menunggu = await this.#kios.gudang.countAntrean();
    await this.openPanel();
    document.getElementById('pesan').textContent = this.#kata.hasilKirim(menunggu);
  };

  #download = async (pesan) => {
    const salinan = await this.#readAll();
    const blob = new Blob([JSON.stringify(salinan, null, 1)], { type: 'application/json' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `antrean-kios-${salinan.kode}-${salinan.dibuat.slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    const isi = [...salinan.antrean, ...salinan.ditolak.map(({ isian }) => isian)];
    this.#terunduh = new Set(isi.map(({ id }) => id));
    pesan.textContent = this.#kata.terunduh(isi.length);
  };

  async #readAll() {
    const { gudang, kode, isi } = this.#kios;
    const antrean = await gudang.readAntrean();
    const karantina = await gudang.listKarantina();
    const { nama } = await gudang.getMeta('pasangan');
    const tertahan = this.#kios.alur.tertahan ? [this.#kios.alur.tertahan.kiriman] : [];
    return {
      jenis: 'antrean-kios-skm/1',
      kode,
      kantor: isi.kantor,
      tablet: nama,
      dibuat: new Date().toISOString(),
      selisih: this.#kios.selisih,
      antrean: [...antrean.map(({ kiriman }) => kiriman), ...tertahan],
      ditolak: karantina.map(({ kiriman, status, pesan, pada }) =>
        ({ status, pesan, pada, isian: kiriman })),
      terputus: await gudang.listTerputus(),
    };
  }

  // Whether everything given is in the copy that was just downloaded.
  #isCopied(entries) {
    return entries.every(({ id }) => this.#terunduh?.has(id));
  }

  #clearRefused = async (pesan) => {
    const karantina = await this.#kios.gudang.listKarantina();
    if (!this.#isCopied(karantina)) {
      pesan.textContent = this.#kata.hapusDitolakDulu;
      return;
    }
    await this.#kios.gudang.clearKarantina(karantina.map(({ id }) => id));
    await this.openPanel();
  };

  #unpair = async (pesan) => {
    const { gudang } = this.#kios;
    const kept = [...await gudang.readAntrean(), ...await gudang.listKarantina()];
    if (!this.#isCopied(kept)) {
      pesan.textContent = this.#kata.lepasDulu;
      return;
    }
    const yes = async () => {
      // Somebody may have sent or answered in another tab meanwhile.
      const now = [...await gudang.readAntrean(), ...await gudang.listKarantina()];
      if (!this.#isCopied(now)) return this.openPanel();
      await gudang.clearAll();
      return location.reload();
    };
    this.#show(confirmUnpair(this.#kata, kept.length, yes, this.openPanel), 'tengah');
  };

  // Types a pairing code; `done` follows when it was right.
  askKode(bahasa, done, back) {
    this.#bahasa = bahasa;
    const pair = async (typed) => {
      const salah = await this.#pair(typed);
      if (salah === null) done();
      return salah;
    };
    this.#show(pairing(this.#kios.isi?.kantor, this.#kata, pair, back), 'sempit');
  }

  async #pair(typed) {
    const { kode, gudang } = this.#kios;
    let response;
    let reply;
    try {
      response = await fetch(`/kios/${kode}/pasang`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ kode: typed }),
        credentials: 'omit',
        redirect: 'error',
      });
      reply = await response.json();
    } catch {
      return this.#kata.pasangGagal;
    }
    if (response.status !== 200 || reply.status !== 'terpasang' || !reply.token) {
      return reply.pesan ?? this.#kata.pasangGagal;
    }
    const { token, nama, pin } = reply;
    await gudang.setMeta('pasangan', { token, nama, pin });
    await gudang.setMeta('pin', null);
    return null;
  }
}
