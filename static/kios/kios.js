// Starts the kiosk, stands on its first screen, and lets a new version in there and only there.

import { Alur } from './alur.js';
import { button, h } from './dom.js';
import { Gudang } from './gudang.js';
import { KATA } from './kata.js';
import { Pengirim } from './kirim.js';
import { attract, notice } from './layar.js';
import { Meja } from './meja.js';
import { show, showStatus } from './tampilan.js';

const ISI_SETIAP_MS = 5 * 60_000;
const COBA_MULAI_MS = 10_000;

class Kios {
  kode = decodeURIComponent(location.pathname.split('/')[2]).toUpperCase().replace(/[^A-Z0-9]/g, '');
  versi = document.body.dataset.versi;
  gudang = new Gudang(this.kode);
  pengirim = new Pengirim(this.kode, this.gudang);
  alur = new Alur(this);
  meja = new Meja(this);
  isi = null;
  selisih = null;
  #isiBaru = null;
  #isiDitanya = -Infinity;
  #diDepan = false;
  #perluMuatUlang = false;
  #petugas = true;

  async boot() {
    this.#linkManifest();
    if (!isSecureContext || !navigator.serviceWorker) {
      show(notice(KATA.id.tidakAman, KATA.id.tidakAmanIsi), { kelas: 'tengah' });
      return;
    }
    this.#keepServiceWorker();
    this.#trapBack();
    this.pengirim.addEventListener('berubah', () => this.#afterContact());
    try {
      this.isi = await this.gudang.getMeta('isi') ?? null;
      // Who was there when the tablet stopped is gone, and counted.
      await this.gudang.giveUpBerjalan();
      await this.#enter();
    } catch (error) {
      this.#showStuck(KATA.id.tidakBisaSimpan, `${KATA.id.tidakBisaSimpanIsi} (${error.name})`);
    }
  }

  async #enter() {
    const pasangan = await this.gudang.getMeta('pasangan');
    if (!this.isi) await this.#fetchIsi();
    this.#adoptIsi();
    await this.refreshStatus({ petugas: false });
    if (!pasangan) {
      this.askKode();
    } else if (!this.isi) {
      this.#showStuck(KATA.id.belumAdaIsi, KATA.id.belumAdaIsiIsi);
    } else {
      navigator.storage?.persist?.();
      this.toAttract();
      this.pengirim.start();
    }
  }

  askKode(back) {
    this.meja.askKode('id', () => {
      if (back) this.pengirim.sendNow({ lagi: true }).then(back);
      else this.#enter();
    }, back);
  }

  // The first screen, whatever was there before; nothing of the last person stays.
  toAttract() {
    const dropped = this.alur.drop();
    // A form that is not stored yet goes before the next person.
    if (this.alur.tertahan) {
      this.alur.showTertahan();
      return;
    }
    if (this.#perluMuatUlang) {
      dropped.then(() => location.reload());
      return;
    }
    this.#adoptIsi();
    this.#diDepan = true;
    const screen = show(attract(this.isi, [KATA.id, KATA.en], (bahasa) => this.begin(bahasa)), {
      kelas: 'depan', judul: `${this.isi.kantor}: ${KATA.id.judul}`,
    });
    // Not the very tap that led here from the screen before.
    screen.onclick = ({ target }) => {
      if (target.isConnected) this.begin('id');
    };
    this.#petugas = true;
    dropped.then(() => {
      this.refreshStatus();
      this.pengirim.sendNow();
    });
    this.#lookForNews();
  }

  begin(bahasa) {
    if (!this.isi.aktif) return;
    this.#diDepan = false;
    this.#fillScreen();
    this.alur.begin(this.isi, bahasa);
  }

  async refreshStatus({ petugas = true } = {}) {
    this.#petugas = petugas;
    await this.#renderStatus().catch(() => {});
  }

  async #renderStatus() {
    const { gudang } = this;
    const menunggu = await gudang.countAntrean();
    const kontak = await gudang.getMeta('kontak');
    this.selisih = (await gudang.getMeta('selisih'))?.detik ?? null;
    const { terhenti } = this.pengirim;
    const facts = { menunggu, kontak, selisih: this.selisih, terhenti, zona: this.isi?.zona };
    showStatus(facts, this.#petugas ? () => this.#askPin() : null);
  }

  async readFacts() {
    const { gudang } = this;
    return {
      nama: (await gudang.getMeta('pasangan')).nama,
      menunggu: await gudang.countAntrean(),
      karantina: await gudang.listKarantina(),
      kontak: await gudang.getMeta('kontak'),
      selisih: this.selisih,
      galat: await gudang.getMeta('galat') ?? [],
      terhenti: this.pengirim.terhenti,
      zona: this.isi.zona,
      siapLuring: Boolean(navigator.serviceWorker.controller),
      layarPenuh: Boolean(document.fullscreenElement),
    };
  }

  #askPin() {
    this.#diDepan = false;
    this.alur.pause();
    const back = () => (this.alur.sedangDiisi ? this.alur.resume() : this.toAttract());
    this.meja.askPin(document.documentElement.lang, back);
  }

  #afterContact() {
    this.#renderStatus().catch(() => {});
    if (this.#diDepan) this.#lookForNews();
  }

  // New questions and new versions are asked for on the first screen, now and then.
  async #lookForNews() {
    this.#registration?.waiting?.postMessage({ jenis: 'ganti' });
    if (performance.now() - this.#isiDitanya < ISI_SETIAP_MS) return;
    await this.#fetchIsi();
    if (this.#diDepan && this.#isiBaru) this.toAttract();
  }

  async #fetchIsi() {
    this.#isiDitanya = performance.now();
    try {
      const response = await fetch(`/kios/${this.kode}/isi.json`, {
        cache: 'no-store', credentials: 'omit', redirect: 'error',
      });
      const isi = await response.json();
      if (!response.ok || !isUsable(isi)) return;
      if (isi.aplikasi !== this.versi) this.#registration?.update().catch(() => {});
      if (isi.versi === this.isi?.versi) return;
      await this.gudang.setMeta('isi', isi);
      this.#isiBaru = isi;
    } catch {
      // Another network, or none: what is known goes on being asked.
    }
  }

  #adoptIsi() {
    this.isi = this.#isiBaru ?? this.isi;
    this.#isiBaru = null;
  }

  #showStuck(judul, teks) {
    const again = () => location.reload();
    show(notice(judul, teks, h('div', { class: 'arah tengah' },
      button(KATA.id.cobaLagi, again, 'utama'))), { kelas: 'tengah' });
    setTimeout(again, COBA_MULAI_MS);
  }

  #registration = null;

  async #keepServiceWorker() {
    const worker = navigator.serviceWorker;
    let hadOne = Boolean(worker.controller);
    worker.addEventListener('controllerchange', () => {
      // The first one belongs to this very version.
      if (hadOne) this.#perluMuatUlang = true;
      hadOne = true;
      if (this.#perluMuatUlang && this.#diDepan) this.toAttract();
    });
    try {
      this.#registration = await worker.register('/kios/sw.js', {
        scope: '/kios/', updateViaCache: 'none',
      });
      const { active } = await worker.ready;
      active.postMessage({ jenis: 'bersihkan', versi: this.versi });
      this.#registration.addEventListener('updatefound', () => {
        this.#registration.installing?.addEventListener('statechange', () => {
          if (this.#diDepan) this.#registration.waiting?.postMessage({ jenis: 'ganti' });
        });
      });
      if (this.#diDepan) this.#registration.waiting?.postMessage({ jenis: 'ganti' });
    } catch {
      // Works without one; the operator's page says that it cannot start with no network yet.
    }
  }

  // Back never leads to a former person's screen: it is one step back, or nothing.
  #trapBack() {
    history.replaceState(null, '');
    history.pushState(null, '');
    addEventListener('popstate', () => {
      history.pushState(null, '');
      if (this.alur.sedangDiisi) this.alur.back();
    });
    // A page that comes back from the browser's memory starts anew.
    addEventListener('pagehide', () => this.alur.drop());
    addEventListener('pageshow', (event) => {
      if (event.persisted) location.reload();
    });
    addEventListener('contextmenu', (event) => event.preventDefault());
    document.addEventListener('visibilitychange', () => this.#stayAwake());
    this.#stayAwake();
  }

  #stayAwake() {
    if (document.visibilityState === 'visible') navigator.wakeLock?.request('screen').catch(() => {});
  }

  #fillScreen() {
    if (document.fullscreenElement || matchMedia('(display-mode: fullscreen)').matches) return;
    document.documentElement.requestFullscreen?.({ navigationUI: 'hide' }).catch(() => {});
  }

  #linkManifest() {
    const href = `/kios/${this.kode}/manifest.webmanifest`;
    document.head.append(h('link', { rel: 'manifest', href }));
  }
}

function isUsable(isi) {
  return typeof isi?.versi === 'string' && Array.isArray(isi.butir) && isi.butir.length > 0
    && Array.isArray(isi.layanan) && isi.layanan.length > 0;
}

new Kios().boot();
