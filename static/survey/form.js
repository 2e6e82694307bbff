// The queue of responses on this device (page and service worker), and the citizen's page.
// Where this file does not run, the form works as plain HTML. Syntax: ES2017, for old phones.
(function (g) {
  'use strict';
  const TOKO = 'antrean';
  const TOLAK = [404, 409, 410, 413, 422];
  let token = '';
  let sabar = 0;  // seconds the server has asked us to wait

  // ---- The store. An entry: {id, versi, alamat, isi: [[name, value]…], diisi, keadaan, cap}.
  // id, alamat, isi and diisi never change their meaning: newer pages send what older ones kept.

  function buka() {
    return new Promise((ya, tidak) => {
      const minta = g.indexedDB.open('skm', 1);
      minta.onupgradeneeded = () => {
        minta.result.createObjectStore(TOKO, { keyPath: 'id' });
        minta.result.createObjectStore('kunci', { keyPath: 'id' });
      };
      minta.onsuccess = () => ya(minta.result);
      minta.onerror = minta.onblocked = () => tidak(minta.error);
      setTimeout(tidak, 4000, new Error('IndexedDB'));
    });
  }

  // One transaction on a connection of its own: one that the browser has closed is never reused.
  async function dalam(toko, kerja, mode) {
    const db = await buka();
    try {
      return await new Promise((ya, tidak) => {
        const transaksi = db.transaction(toko, mode || 'readwrite', { durability: 'strict' });
        const hasil = {};
        transaksi.oncomplete = () => ya(hasil.nilai);
        transaksi.onerror = transaksi.onabort = () => tidak(transaksi.error);
        kerja(transaksi.objectStore(toko), hasil);
      });
    } finally {
      db.close();
    }
  }

  function semua() {
    return dalam(TOKO, (toko, hasil) => {
      toko.getAll().onsuccess = (e) => { hasil.nilai = e.target.result; };
    }, 'readonly');
  }

  // Only what was read may be replaced: the person may have corrected the entry meanwhile.
  function ganti(lama, baru) {
    return dalam(TOKO, (toko) => {
      toko.get(lama.id).onsuccess = (e) => {
        const kini = e.target.result;
        if (!kini || kini.cap !== lama.cap) return;
        if (baru) toko.put(baru); else toko.delete(lama.id);
      };
    });
  }

  // ---- Sending

  function jeda(ms) {
    return new Promise((ya) => setTimeout(ya, ms));
  }

  // One sender at a time among all tabs and the service worker.
  async function bergiliran(kerja) {
    if (g.navigator.locks) return g.navigator.locks.request('skm-antrean', () => kerja(() => {}));
    const aku = acak(8).join();
    const ambil = () => dalam('kunci', (toko, hasil) => {
      toko.get('kirim').onsuccess = (e) => {
        const ada = e.target.result, kini = Date.now();
        if (ada && ada.aku !== aku && ada.sampai > kini && ada.sampai < kini + 99000) return;
        toko.put({ id: 'kirim', aku: aku, sampai: kini + 45000 });
        hasil.nilai = true;
      };
    });
    for (let n = 0; !await ambil(); n++) {
      if (n > 60) return null;
      await jeda(1000);
    }
    try {
      return await kerja(ambil);
    } finally {
      await dalam('kunci', (toko) => toko.delete('kirim'));
    }
  }

  async function minta(satu) {
    const isi = satu.isi.concat([
      ['diisi', satu.diisi], ['sekarang', new Date().toISOString()], ['csrf_token', token]]);
    const batas = g.AbortController ? new AbortController() : null;
    const jam = batas && setTimeout(() => batas.abort(), 30000);
    try {
      const jawab = await fetch(satu.alamat, {
        method: 'POST',
        headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
        body: isi.map((p) => p.map(encodeURIComponent).join('=')).join('&'),
        credentials: 'same-origin',
        redirect: 'manual',
        cache: 'no-store',
        signal: batas ? batas.signal : undefined,
      });
      if (jawab.type !== 'basic' || jawab.redirected) return null;
      const kata = await jawab.json().catch(() => null);
      return { kode: jawab.status, kata: kata || {}, tunggu: +jawab.headers.get('Retry-After') || 0 };
    } catch (_) {
      return null;
    } finally {
      clearTimeout(jam);
    }
  }

  // What became of an entry: {selesai}, {tolak} or {tunggu: seconds, putus: is the network gone}.
  async function kirimSatu(satu) {
    let jawab = await minta(satu);
    if (jawab && jawab.kode === 400 && jawab.kata.csrf_token) {
      token = jawab.kata.csrf_token;
      jawab = await minta(satu);
    }
    if (!jawab) return { tunggu: 0, putus: true };
    const kata = jawab.kata;
    if (kata.csrf_token) token = kata.csrf_token;
    // Anything else with status 200 comes from a network that answers in our place.
    if (jawab.kode === 200 && kata.status === 'tersimpan' && kata.id === satu.id) {
      return { selesai: String(kata.lanjut) };
    }
    if (TOLAK.indexOf(jawab.kode) >= 0) {
      return { tolak: { kode: jawab.kode, salah: kata.faults || [], pasti: !!kata.status } };
    }
    return { tunggu: jawab.tunggu, putus: jawab.kode === 200 };
  }

  // Send what waits. opsi.id: a refused one, by hand; opsi.ragu: also what was refused by an
  // answer that may not have been ours. Gives how many still wait, null if others are sending.
  function kirim(opsi) {
    return bergiliran(async (perpanjang) => {
      let sisa = 0, putus = false;
      for (const satu of await semua()) {
        const ditolak = satu.keadaan === 'ditolak';
        if (satu.keadaan === 'selesai' || !satu.isi) continue;
        if (ditolak && satu.id !== opsi.id && !(opsi.ragu && !satu.pasti)) continue;
        if (!ditolak) sisa++;
        if (putus) continue;
        await perpanjang();
        const hasil = await kirimSatu(satu);
        if (hasil.tunggu !== undefined) {
          putus = hasil.putus;
          sabar = Math.max(sabar, Math.min(hasil.tunggu, 600));
          continue;
        }
        if (!ditolak) sisa--;
        // The note that it arrived tells the page it came from, whichever tab has sent it.
        await ganti(satu, hasil.tolak
          ? Object.assign({}, satu, { keadaan: 'ditolak' }, hasil.tolak)
          : { id: satu.id, keadaan: 'selesai', lanjut: hasil.selesai, waktu: Date.now() });
      }
      return sisa;
    });
  }

  function acak(n) {
    return Array.from(g.crypto.getRandomValues(new Uint8Array(n)));
  }

  g.skmKirim = kirim;

  // ---- The page from here on; the service worker gets what stands above.

  if (!g.document) return;
  const d = document;
  const form = d.querySelector('form[data-survei]');
  const utama = d.getElementById('isi');
  const bisa = !!(g.indexedDB && g.fetch && g.crypto);
  let milik = null;  // the entry of the form on this page, once it was sent
  let mulai = 0;  // of the first answer; below 0: not known
  let sibuk = false, terlihat = '', jam = 0, kali = 0, kodePengaduan = {};

  function kata(nama) {
    return d.importNode(d.getElementById('t-' + nama).content, true).firstElementChild;
  }

  function taruh(unsur) {
    const atas = utama.querySelector('.kop') || utama.querySelector('h1');
    const lama = unsur.id && d.getElementById(unsur.id);
    if (lama) lama.remove();
    atas.parentNode.insertBefore(unsur, atas.nextSibling);
    return unsur;
  }

  // Focus, with the beginning in sight even where the box is taller than the screen.
  function tuju(unsur) {
    unsur.focus({ preventScroll: true });
    unsur.scrollIntoView();
  }

  function buang(id) {
    const ada = d.getElementById(id);
    if (ada) ada.remove();
  }

  function tekan(unsur, nama, kerja) {
    unsur.querySelector('[data-' + nama + ']').addEventListener('click', kerja);
  }

  // ---- What waits and what was refused

  async function tampil() {
    let daftar = [];
    try { daftar = await semua(); } catch (_) { return; }
    const tunggu = daftar.filter((s) => s.isi && s.keadaan !== 'ditolak' && s.keadaan !== 'selesai');
    // The response being sent right now is no news yet.
    const jumlah = tunggu.filter((s) => !milik || milik.tampak || s.id !== milik.id).length;
    const tolak = daftar.filter((s) => s.keadaan === 'ditolak' && !(milik && milik.id === s.id && !milik.tampak));
    const kini = JSON.stringify([jumlah, tolak.map((s) => [s.id, s.kode]), milik && milik.tampak]);
    if (kini === terlihat) return;
    terlihat = kini;
    tampilTolak(tolak);
    tampilTunggu(jumlah);
  }

  function tampilTunggu(jumlah) {
    if (!jumlah) return buang('antrean');
    let kotak = d.getElementById('antrean');
    if (!kotak) {
      kotak = taruh(kata('antrean'));
      tekan(kotak, 'coba', () => { kali = 0; jalankan({}); });
    }
    kotak.querySelector('[data-jumlah]').textContent = jumlah;
  }

  function tampilTolak(tolak) {
    if (!tolak.length) return buang('ditolak');
    const kotak = taruh(kata('ditolak'));
    const sebab = d.getElementById('t-sebab').content;
    tolak.forEach((satu, n) => {
      const butir = kata('satu');
      const alasan = butir.querySelector('[data-sebab]');
      alasan.id = 'sebab-' + n;
      alasan.textContent = sebab.querySelector('[data-kode="' + satu.kode + '"]').textContent;
      const rinci = butir.querySelector('[data-salah]');
      satu.salah.forEach((s) => { rinci.appendChild(d.createElement('li')).textContent = s[1]; });
      rinci.hidden = !satu.salah.length;
      butir.querySelector('time').textContent = new Date(satu.diisi).toLocaleString(d.documentElement.lang);
      butir.querySelectorAll('button').forEach((b) => b.setAttribute('aria-describedby', alasan.id));
      const tombol = butir.querySelector('[data-tombol]'), yakin = butir.querySelector('[data-yakin]');
      const tanya = (ya) => {
        yakin.hidden = !ya;
        tombol.hidden = ya;
        (ya ? yakin : tombol).querySelector(ya ? '[data-batal]' : '[data-buang]').focus();
      };
      tekan(butir, 'lagi', () => jalankan({ id: satu.id }));
      tekan(butir, 'unduh', () => unduh(satu));
      tekan(butir, 'buang', () => tanya(true));
      tekan(butir, 'batal', () => tanya(false));
      tekan(butir, 'ya', () => ganti(satu, null).then(tampil).then(() => utama.focus()));
      kotak.querySelector('ul').appendChild(butir);
    });
  }

  function unduh(satu) {
    const isi = new Blob([JSON.stringify(satu, null, 1)], { type: 'application/json' });
    const a = d.createElement('a');
    a.href = URL.createObjectURL(isi);
    a.download = 'jawaban-' + satu.id.slice(0, 8) + '.json';
    d.body.appendChild(a);
    a.click();
    a.remove();
    setTimeout(() => URL.revokeObjectURL(a.href), 60000);
  }

  // ---- One round after another: on load, online, when seen again, and by a timer

  let barisan = Promise.resolve();
  function jalankan(opsi) {
    if (!bisa) return;
    barisan = barisan.then(() => putaran(opsi), () => putaran(opsi));
    return barisan;
  }

  async function putaran(opsi) {
    clearTimeout(jam);
    let sisa = null;
    sabar = 0;
    try {
      sisa = await kirim(opsi);
    } catch (_) {
      // The store cannot be used now: tried again below.
    }
    try { await periksaMilik(); } catch (_) {}
    await tampil();
    if (sisa === 0) { kali = 0; return; }
    // 5 s, 10 s, 20 s … 5 minutes, each shortened by up to half, so that not all phones in a
    // room come at once.
    const lama = Math.max(Math.min(5000 * Math.pow(2, kali++), 300000), sabar * 1000);
    jam = setTimeout(jalankan, lama * (0.5 + Math.random() / 2), {});
  }

  async function rapikan() {
    for (const satu of await semua()) {
      if (satu.keadaan === 'selesai' && Math.abs(Date.now() - satu.waktu) > 3600000) await ganti(satu, null);
    }
  }

  // ---- The form

  function alamat() {
    return form.getAttribute('action').replace(/\?.*/, '');
  }

  function pasangan() {
    return Array.from(new FormData(form).entries()).filter((p) => p[0] !== 'csrf_token');
  }

  function tanda() {
    const b = acak(16);
    b[6] = b[6] & 15 | 64;
    b[8] = b[8] & 63 | 128;
    const h = b.map((x) => (x + 256).toString(16).slice(1)).join('');
    return [h.slice(0, 8), h.slice(8, 12), h.slice(12, 16), h.slice(16, 20), h.slice(20)].join('-');
  }

  function buatKode() {
    const huruf = '34679ACDEFHJKMNPRTVWXY';
    let kode = '';
    while (kode.length < 12) {
      const x = acak(1)[0];
      if (x < 242) kode += huruf[x % 22];
    }
    return kode;
  }

  // The same sentences as the server's, in the order of the page: [[id, sentence, name]…].
  function periksa() {
    const salah = [];
    form.querySelectorAll('[data-kurang]').forEach((tanya) => {
      const kurang = tanya.id === 'saran'
        ? form.elements.pengaduan.checked && !form.elements.saran.value.trim()
        : !tanya.querySelector('input:checked');
      if (kurang) salah.push([tanya.id, tanya.dataset.nama + ': ' + tanya.dataset.kurang, tanya.dataset.kurang]);
    });
    return salah;
  }

  function tampilSalah(salah) {
    bersihkan();
    const kotak = kata('salah');
    kotak.id = 'salah';
    salah.forEach((s) => {
      const butir = kotak.querySelector('ul').appendChild(d.createElement('li'));
      const tanya = s[0] && d.getElementById(s[0]);
      const a = tanya ? butir.appendChild(d.createElement('a')) : butir;
      a.textContent = s[1];
      if (!tanya) return;
      a.href = '#' + s[0];
      const dekat = d.createElement('p');
      dekat.className = 'salah';
      dekat.id = s[0] + '-salah';
      dekat.textContent = s[2] || s[1].replace(tanya.dataset.nama + ': ', '');
      const isian = tanya.querySelector('textarea') || tanya;
      tanya.insertBefore(dekat, tanya.querySelector('.pilih,textarea'));
      isian.setAttribute('aria-describedby', ((isian.getAttribute('aria-describedby') || '') + ' ' + dekat.id).trim());
    });
    belum();
    tuju(taruh(kotak));
  }

  function belum() {
    const judul = utama.querySelector('h1');
    if (judul.querySelector('.belum')) return;
    judul.insertBefore(kata('belum'), judul.firstChild);
    d.title = judul.textContent;
  }

  function bersihkan() {
    ['salah', 'pesan', 'gagal'].forEach(buang);
    form.querySelectorAll('.salah').forEach(hapusSalah);
  }

  function hapusSalah(p) {
    const u = form.querySelector('[aria-describedby~="' + p.id + '"]');
    if (u) u.setAttribute('aria-describedby', u.getAttribute('aria-describedby').replace(p.id, '').trim());
    p.remove();
  }

  function mengirim(ya) {
    sibuk = ya;
    const tombol = form.querySelector('[type=submit]');
    if (!tombol.dataset.asli) tombol.dataset.asli = tombol.textContent;
    tombol.textContent = ya ? tombol.dataset.sibuk : tombol.dataset.asli;
    d.getElementById('kabar').textContent = ya ? tombol.dataset.sibuk : '';
  }

  // A number of this device for this day only: the office sees forms of one device together, never
  // those of two days, and never the number itself.
  function nomorPerangkat() {
    try {
      const hari = new Date().toDateString();
      const ada = JSON.parse(g.localStorage.getItem('skm-perangkat')) || {};
      if (ada.hari === hari) return ada.nomor;
      const nomor = tanda();
      g.localStorage.setItem('skm-perangkat', JSON.stringify({ hari: hari, nomor: nomor }));
      return nomor;
    } catch (_) {
      return '';
    }
  }

  async function serahkan() {
    const id = form.elements.submission_id;
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id.value)) id.value = tanda();
    token = form.elements.csrf_token.value || token;
    const isi = pasangan();
    if (form.elements.pengaduan.checked) {
      // Made here, so that it can be shown without a network; the same again for the same form.
      const kode = kodePengaduan[id.value] || (kodePengaduan[id.value] = buatKode());
      isi.push(['kode_pengaduan', kode]);
    }
    if (mulai > 0) isi.push(['lama', String(Math.round((performance.now() - mulai) / 1000))]);
    const nomor = nomorPerangkat();
    if (nomor) isi.push(['perangkat', nomor]);
    const lama = milik && milik.id !== id.value ? milik.id : null;
    milik = { id: id.value, kode: kodePengaduan[id.value], tampak: false };
    try {
      await dalam(TOKO, (toko) => {
        // A refused one that the person sends again as a new one is replaced, not doubled.
        if (lama) toko.delete(lama);
        toko.put({
          id: id.value, versi: 1, alamat: form.getAttribute('action'), isi: isi,
          instrumen: form.dataset.survei, diisi: new Date().toISOString(), keadaan: 'menunggu',
          cap: acak(8).join(),
        });
      });
    } catch (_) {
      milik = null;
      return tanpaSimpanan();
    }
    const lambat = setTimeout(tampilMilik, 8000);
    const akhir = jalankan({});
    latar();
    await akhir;
    clearTimeout(lambat);
  }

  async function periksaMilik() {
    if (!milik || !sibuk) return;
    const satu = (await semua()).filter((s) => s.id === milik.id)[0];
    if (!satu) return;
    if (satu.keadaan === 'selesai') {
      // Forwarded only within our own pages, whatever the note says.
      const lanjut = new URL(satu.lanjut, location.href);
      const sini = lanjut.origin === location.origin && lanjut.pathname.indexOf('/s/') === 0;
      location.assign(sini ? lanjut.href : form.action);
    } else if (satu.keadaan === 'ditolak') {
      milikDitolak(satu);
    } else {
      tampilMilik();
    }
  }

  // The form is done: what is left to do is the device's, not the person's.
  function tampilMilik() {
    if (!milik || milik.tampak) return;
    milik.tampak = true;
    form.hidden = true;
    bersihkan();
    const belumnya = utama.querySelector('h1 .belum');
    if (belumnya) belumnya.remove();
    tampil().then(() => {
      const kotak = d.getElementById('antrean');
      if (!kotak) return;
      d.title = kotak.querySelector('h2').textContent;
      const isi = kata('milik');
      if (milik.kode) {
        const tempat = isi.querySelector('[data-kode-pengaduan]');
        tempat.hidden = false;
        tempat.querySelector('.kode').textContent = milik.kode.match(/.{4}/g).join('-');
      }
      kotak.querySelector('[data-milik]').appendChild(isi);
      tuju(kotak);
    });
    if (g.navigator.storage && g.navigator.storage.persist) g.navigator.storage.persist().catch(() => {});
  }

  function milikDitolak(satu) {
    form.hidden = false;
    milik.tampak = false;
    terlihat = '';
    mengirim(false);
    if (satu.kode === 422 && satu.salah.length) return tampilSalah(satu.salah);
    const nama = satu.kode === 409 ? 'conflict' : satu.kode === 410 ? 'closed' : '';
    if (satu.kode === 409) form.elements.submission_id.value = tanda();
    if (!nama) { milik = null; return; }
    bersihkan();
    belum();
    const kotak = kata(nama);
    kotak.id = 'pesan';
    tuju(taruh(kotak));
  }

  // Nothing can be kept on this device: the browser's own way, if the server can be reached.
  async function tanpaSimpanan() {
    try {
      const jawab = await fetch(alamat() + '/token', { cache: 'no-store', credentials: 'same-origin', redirect: 'manual' });
      const isi = await jawab.json();
      if (!isi.csrf_token) throw new Error('bukan kami');
      form.elements.csrf_token.value = isi.csrf_token;
      HTMLFormElement.prototype.submit.call(form);
    } catch (_) {
      mengirim(false);
      bersihkan();
      belum();
      const kotak = kata('gagal');
      kotak.id = 'gagal';
      tuju(taruh(kotak));
    }
  }

  // The browser itself may send what waits, even after this page was closed.
  function latar() {
    if (!('serviceWorker' in g.navigator)) return;
    g.navigator.serviceWorker.ready.then((r) => r.sync && r.sync.register('skm-antrean')).catch(() => {});
  }

  if (form && bisa) {
    form.addEventListener('submit', (e) => {
      e.preventDefault();
      if (sibuk) return;
      const salah = periksa();
      if (salah.length) return tampilSalah(salah);
      mengirim(true);
      serahkan();
    });
    form.addEventListener('change', (e) => {
      // Measured only from the first answer on: a page that came back filled tells no time.
      if (!mulai) mulai = form.querySelectorAll('[name^=u]:checked').length > 1 ? -1 : performance.now();
      const p = d.getElementById(e.target.name + '-salah');
      if (p) hapusSalah(p);
    });
    // A link of the list of faults leads into the question, not only to it.
    utama.addEventListener('click', (e) => {
      const a = e.target.closest && e.target.closest('#salah a');
      const tanya = a && d.getElementById(a.hash.slice(1));
      if (!tanya) return;
      e.preventDefault();
      tanya.querySelector('input:checked,input,textarea').focus({ preventScroll: true });
      tanya.scrollIntoView();
    });
    g.addEventListener('pageshow', (e) => {
      if (!e.persisted) return;
      form.hidden = false;
      milik = null;
      mengirim(false);
      tampil();
    });
    bawa();
    d.querySelectorAll('[data-suara]').forEach(pasangSuara);
  }

  // Answers come along to the page in the other language.
  function bawa() {
    const laci = 'skm-isi', jalan = alamat();
    try {
      const lama = JSON.parse(sessionStorage.getItem(laci) || 'null');
      sessionStorage.removeItem(laci);
      if (lama && lama[0] === jalan) {
        lama[1].filter((p) => p[0] !== 'submission_id').forEach((p) => {
          const satu = form.elements[p[0]];
          if (!satu) return;
          if (satu.type === 'checkbox') satu.checked = true; else satu.value = p[1];
        });
      }
      d.querySelector('.bahasa a').addEventListener('click', () => {
        if (!form.hidden) sessionStorage.setItem(laci, JSON.stringify([jalan, pasangan()]));
      });
    } catch (_) {
      // No session storage: the other language begins empty.
    }
  }

  // ---- Dengarkan: a recorded file, else a voice of this device, else the file made by machine

  let bunyi = null;
  function diam() {
    if (!bunyi) return;
    bunyi.tombol.setAttribute('aria-pressed', 'false');
    const henti = bunyi.henti;
    bunyi = null;
    henti();
  }

  function pasangSuara(tanya) {
    const baris = kata('dengar'), tombol = baris.firstElementChild;
    const nomor = parseInt(tanya.querySelector('legend').textContent, 10);
    tombol.lastElementChild.appendChild(d.createTextNode(nomor));
    tanya.insertBefore(baris, tanya.querySelector('.pilih'));
    tombol.addEventListener('click', () => {
      const ini = bunyi && bunyi.tombol === tombol;
      diam();
      if (ini) return;
      tombol.setAttribute('aria-pressed', 'true');
      d.getElementById('kabar').textContent = '';
      const pita = g.speechSynthesis;
      const suara = !('rekaman' in tanya.dataset) && pita && pita.getVoices().filter(
        (v) => v.localService && /^id\b/i.test(v.lang.replace('_', '-')))[0];
      if (suara) ucap(tanya, tombol, pita, suara); else putar(tanya, tombol);
    });
  }

  function ucap(tanya, tombol, pita, suara) {
    const baca = Array.from(tanya.querySelectorAll('legend,.pilih:not(.lain) span'));
    const ujar = new SpeechSynthesisUtterance(baca.map((u) => u.textContent.trim()).join('. '));
    ujar.voice = suara;
    ujar.lang = suara.lang;
    bunyi = { tombol: tombol, henti: () => pita.cancel() };
    ujar.onend = () => { if (bunyi && bunyi.tombol === tombol) diam(); };
    ujar.onerror = () => { if (bunyi && bunyi.tombol === tombol) { diam(); gagalBunyi(); } };
    pita.speak(ujar);
  }

  function putar(tanya, tombol) {
    const suara = new Audio(tanya.dataset.suara);
    bunyi = { tombol: tombol, henti: () => { suara.pause(); suara.removeAttribute('src'); } };
    suara.onended = () => { if (bunyi && bunyi.tombol === tombol) diam(); };
    suara.play().catch(() => { if (bunyi && bunyi.tombol === tombol) { diam(); gagalBunyi(); } });
  }

  function gagalBunyi() {
    d.getElementById('kabar').textContent = d.getElementById('t-bisu').content.textContent;
  }

  g.addEventListener('pagehide', diam);

  // ---- Beginning

  const kode = d.querySelector('#kode-pengaduan[hidden]');
  const dari = /[?&]pengaduan=([34679ACDEFHJKMNPRTVWXY]{12})(&|$)/.exec(location.search);
  if (kode && dari) {
    kode.querySelector('.kode').textContent = dari[1].match(/.{4}/g).join('-');
    kode.hidden = false;
  }
  if (bisa) {
    const lagi = () => { kali = 0; jalankan({}); };
    g.addEventListener('online', () => setTimeout(lagi, Math.random() * 1500));
    d.addEventListener('visibilitychange', () => { if (!d.hidden) lagi(); });
    tampil().then(() => jalankan({ ragu: true })).then(rapikan).catch(() => {});
  }
  if ('serviceWorker' in g.navigator) {
    g.addEventListener('load', () => {
      const pekerja = g.navigator.serviceWorker;
      pekerja.register('/s/sw.js').catch(() => {});
      if (form) {
        pekerja.ready.then((r) => r.active.postMessage({ simpan: alamat() }));
      }
    });
  }
})(self);
