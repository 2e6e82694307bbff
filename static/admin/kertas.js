// Typing paper forms by keyboard. A finished form goes into a queue in this browser and from
// there to the server, so a lost network or a closed tab loses nothing. The half-typed form is
// remembered too, without its comment: a comment may name a person.

const JEDA_ULANG = 5000;

const kunci = (batch, putaran, apa) => `skm-kertas:${batch}:${putaran}:${apa}`;
const baca = (nama) => {
  try { return JSON.parse(localStorage.getItem(nama)); } catch { return null; }
};
const tulis = (nama, isi) => {
  try {
    if (isi === null || isi.length === 0) localStorage.removeItem(nama);
    else localStorage.setItem(nama, JSON.stringify(isi));
    return true;
  } catch { return false; }
};

// randomUUID exists only over https; an office network is often plain http.
function buatId() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  const h = [...b].map((x) => x.toString(16).padStart(2, '0')).join('');
  return [h.slice(0, 8), h.slice(8, 12), h.slice(12, 16), h.slice(16, 20), h.slice(20)].join('-');
}

class Antrean {
  constructor({ batch, putaran, alamat, token, kabar }) {
    Object.assign(this, { nama: kunci(batch, putaran, 'antrean'), alamat, token, kabar });
    this.berjalan = false;
    addEventListener('online', () => this.kirim());
  }

  get isi() { return baca(this.nama) ?? []; }

  tambah(lembar) { return tulis(this.nama, [...this.isi, lembar]); }

  buang(id) { tulis(this.nama, this.isi.filter((satu) => satu.submission_id !== id)); }

  // Sends one after the other. What the server refuses stays here until somebody has looked.
  async kirim() {
    if (this.berjalan) return;
    this.berjalan = true;
    clearTimeout(this.ulang);
    try {
      for (const lembar of this.isi) {
        const hasil = await this.kirimSatu(lembar);
        if (hasil.terkirim) this.buang(lembar.submission_id);
        this.kabar({ lembar, ...hasil, sisa: this.isi.length });
        if (!hasil.terkirim) break;
      }
    } finally {
      this.berjalan = false;
    }
    if (this.isi.length) this.ulang = setTimeout(() => this.kirim(), JEDA_ULANG);
  }

  async kirimSatu(lembar) {
    let jawaban;
    try {
      jawaban = await fetch(this.alamat, {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: new URLSearchParams({ ...lembar, csrf_token: this.token() }),
        redirect: 'manual',
      });
      if (jawaban.status === 200) return { terkirim: true, ...(await jawaban.json()) };
      if (jawaban.status === 422 || jawaban.status === 409) {
        const { galat, berikut } = await jawaban.json();
        return { terkirim: false, ditolak: galat.join(' '), berikut };
      }
    } catch {
      return { terkirim: false, sebab: 'Jaringan terputus.' };
    }
    if (jawaban.type === 'opaqueredirect' || jawaban.status === 401 || jawaban.status === 400) {
      return { terkirim: false, sebab: 'Sesi Anda berakhir. Masuk lagi, lalu buka halaman ini.' };
    }
    return { terkirim: false, sebab: 'Sistem sedang sibuk.' };
  }
}

const kalimat = ({ sisa, sebab, ditolak }) => {
  if (ditolak) return `${sisa} lembar belum terkirim: ${ditolak}`;
  return `${sisa} lembar belum terkirim. ${sebab ?? ''} Lembarnya aman di perangkat ini dan dikirim lagi dengan sendirinya.`;
};

function mulaiKisi(form) {
  const { batch, putaran, selesai } = form.dataset;
  const ubah = form.dataset.ubah === 'ya';
  const setengah = kunci(batch, putaran, 'setengah');
  const keadaan = document.getElementById('keadaan');
  const soal = [...form.querySelectorAll('[data-soal]')];
  const sisa = form.dataset.sisa.split(',').map(Number);
  const medan = (nama) => form.elements.namedItem(nama);
  // The second typing begins empty: what is carried over would hide a slip of the first.
  const lengket = putaran === '1' ? ['layanan', 'dibantu'] : [];

  const antrean = ubah ? null : new Antrean({
    batch, putaran, alamat: location.pathname, token: () => medan('csrf_token').value,
    kabar: (hasil) => {
      if (!hasil.terkirim) {
        keadaan.textContent = kalimat(hasil);
        if (hasil.ditolak) tawarkanLagi(hasil);
        return;
      }
      const lain = Number(hasil.lembar.nomor) !== hasil.nomor
        ? ` Nomornya menjadi ${hasil.nomor}; tulis ${hasil.nomor} pada kertasnya.` : '';
      keadaan.textContent = `Lembar ${hasil.nomor} tersimpan.${lain}`;
      if (putaran === '1' && hasil.sisa === 0) pasangNomor(Math.max(hasil.berikut, 1));
    },
  });

  function tawarkanLagi({ lembar, ditolak, berikut }) {
    const tombol = document.createElement('button');
    tombol.type = 'button';
    tombol.className = 'btn btn-sm btn-outline-secondary';
    tombol.textContent = `Buka lagi lembar ${lembar.nomor}`;
    tombol.addEventListener('click', () => {
      antrean.buang(lembar.submission_id);
      // Another form may be stored under its id: what is stored now is a new one.
      isiKembali({ ...lembar, submission_id: buatId() });
      pasangNomor(berikut ?? Number(lembar.nomor));
      keadaan.textContent = ditolak;
      fokus(0);
    });
    keadaan.append(' ', tombol);
  }

  function pasangNomor(nomor) {
    medan('nomor').value = nomor;
    document.getElementById('nomor-tampil').textContent = nomor;
    const judul = document.querySelector('h1');
    judul.textContent = judul.textContent.replace(/\d+/, nomor);
    document.title = document.title.replace(/\d+/, nomor);
  }

  const nilai = (i) => soal[i].querySelector('input:checked')?.value;
  const diMana = () => soal.indexOf(document.activeElement?.closest?.('[data-soal]'));

  function fokus(i) {
    const tujuan = soal[i] ?? document.getElementById('jk');
    (tujuan.querySelector('input:checked') ?? tujuan.querySelector('input')).focus();
    tujuan.scrollIntoView({ block: 'nearest' });
  }

  function fokusAwal() {
    const layanan = medan('layanan');
    if (layanan && !layanan.value) layanan.focus();
    else fokus(Math.max(soal.findIndex((_, i) => nilai(i) === undefined), 0));
  }

  function jawab(i, isi) {
    soal[i].querySelector(`input[value="${isi}"]`).checked = true;
    ingat();
    fokus(i + 1);
  }

  function mundur(i) {
    const ke = i < 0 ? soal.length - 1 : Math.max(i - 1, 0);
    const dipilih = soal[ke].querySelector('input:checked');
    if (dipilih) dipilih.checked = false;
    ingat();
    fokus(ke);
  }

  const isiSekarang = () => {
    const isi = Object.fromEntries(new FormData(form));
    delete isi.csrf_token;
    return isi;
  };

  function ingat() {
    if (ubah) return;
    // Without its id: two tabs that remember one form would store two papers under it.
    const { saran, pengaduan, submission_id: _, ...sisanya } = isiSekarang();
    tulis(setengah, sisanya);
  }

  function isiKembali(isi) {
    for (const satu of form.elements) {
      if (!satu.name || satu.name === 'csrf_token' || satu.name === 'nomor') continue;
      if (satu.type === 'radio' || satu.type === 'checkbox') {
        satu.checked = (isi[satu.name] ?? (satu.type === 'radio' ? '' : null)) === satu.value;
      } else if (satu.name in isi) satu.value = isi[satu.name];
    }
  }

  function lembarBaru() {
    const tetap = Object.fromEntries(lengket.map((n) => [n, medan(n)?.value ?? '']));
    const kosong = { layanan: '', dibantu: '', usia: '', pendidikan: '', pekerjaan: '', saran: '', submission_id: buatId() };
    isiKembali({ ...kosong, putaran, ...tetap });
    tulis(setengah, null);
  }

  function simpan() {
    const kosong = soal.findIndex((_, i) => nilai(i) === undefined);
    if (kosong >= 0) {
      keadaan.textContent = `Pertanyaan ${kosong + 1} belum diisi: tekan 1–4, atau 0 bila tidak dijawab.`;
      fokus(kosong);
      return;
    }
    const layanan = medan('layanan');
    if (layanan && !layanan.value) {
      keadaan.textContent = 'Pilih layanannya.';
      layanan.focus();
      return;
    }
    if (soal.every((_, i) => nilai(i) === '-')) {
      keadaan.textContent = 'Lembar ini tidak mempunyai satu pun jawaban.';
      fokus(0);
      return;
    }
    const lembar = isiSekarang();
    if (!antrean.tambah(lembar)) {
      // No storage in this browser: the ordinary way, one page per form.
      form.submit();
      return;
    }
    sisa.shift();
    lembarBaru();
    if (putaran === '1') sisa.push(Number(lembar.nomor) + 1);
    keadaan.textContent = `Lembar ${lembar.nomor} sedang dikirim.`;
    const terkirim = antrean.kirim();
    if (sisa.length) {
      pasangNomor(sisa[0]);
      fokusAwal();
      // The number to write on the next paper and what became of this one stand at the top.
      scrollTo(0, 0);
    } else {
      terkirim.then(() => { if (!antrean.isi.length) location.assign(selesai); });
    }
  }

  const tombol = {
    Backspace: (i) => mundur(i),
    l: () => pilihJk('L'),
    p: () => pilihJk('P'),
    s: () => medan('saran').focus(),
  };

  function pilihJk(isi) {
    form.querySelector(`[name="jenis_kelamin"][value="${isi}"]`).checked = true;
    ingat();
    medan('usia').focus();
  }

  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey || e.isComposing) return;
    const di = e.target;
    if (di.closest?.('a, button, summary, nav')) return;
    if (di.tagName === 'TEXTAREA') {
      if (e.key === 'Escape') fokus(soal.length - 1);
      else if (e.key !== 'Enter' || e.shiftKey) return;
      else form.requestSubmit();
      e.preventDefault();
      return;
    }
    if (e.key === 'Enter') {
      e.preventDefault();
      form.requestSubmit();
      return;
    }
    if (di.tagName === 'SELECT') {
      if (e.key === 'Backspace') { e.preventDefault(); fokus(soal.length - 1); }
      return; // letters and digits choose from the list
    }
    const i = diMana();
    if (/^[0-4-]$/.test(e.key)) {
      e.preventDefault();
      if (i >= 0) jawab(i, e.key === '0' ? '-' : e.key);
      else if (di === document.body) { fokusAwal(); if (diMana() >= 0) jawab(diMana(), e.key === '0' ? '-' : e.key); }
      return;
    }
    const aksi = tombol[e.key.length === 1 ? e.key.toLowerCase() : e.key];
    if (aksi) { e.preventDefault(); aksi(i); }
  });

  form.querySelector('.tombol-cepat').hidden = false;
  form.addEventListener('input', ingat);
  if (!ubah) {
    form.addEventListener('submit', (e) => { e.preventDefault(); simpan(); });
    const lama = baca(setengah);
    if (lama && (putaran === '1' || Number(lama.nomor) === sisa[0])) {
      isiKembali({ ...lama, submission_id: medan('submission_id').value });
      keadaan.textContent = 'Ketikan yang belum selesai dibuka kembali.';
    }
    const tertinggal = antrean.isi.map((satu) => Number(satu.nomor));
    if (tertinggal.length && putaran === '1') {
      sisa[0] = Math.max(sisa[0], ...tertinggal.map((n) => n + 1));
      pasangNomor(sisa[0]);
    }
    antrean.kirim();
  }
  fokusAwal();
}

// The page of a batch: forms that wait in this browser go first, and nothing is stored without them.
function jagaBatch(papan) {
  const simpan = document.getElementById('simpan');
  const token = () => document.querySelector('[name="csrf_token"]').value;
  const semua = ['1', '2'].map((putaran) => new Antrean({
    batch: papan.dataset.batch, putaran, alamat: papan.dataset.alamat, token,
    kabar: (hasil) => {
      if (!hasil.terkirim) { papan.hidden = false; papan.textContent = kalimat(hasil); }
      else if (hasil.sisa === 0) location.reload();
    },
  }));
  simpan?.addEventListener('submit', (e) => {
    const tertinggal = semua.reduce((n, satu) => n + satu.isi.length, 0);
    if (!tertinggal) return;
    e.preventDefault();
    papan.hidden = false;
    papan.textContent = kalimat({ sisa: tertinggal, sebab: 'Batch belum disimpan.' });
    papan.scrollIntoView();
  });
  semua.forEach((satu) => satu.kirim());
}

const form = document.getElementById('kertas');
if (form) mulaiKisi(form);
const papan = document.getElementById('antrean');
if (papan) jagaBatch(papan);
