// The screens of a person who answers. Each returns its elements; what happens next is a callback.

import { button, face, h } from './dom.js';
import { MAX_SARAN, formatKode } from './kunjungan.js';

export function attract(isi, words, begin) {
  if (!isi.aktif) {
    return [
      h('p', { class: 'kantor' }, isi.kantor),
      ...words.map((kata, place) => h(place ? 'p' : 'h1',
        { lang: kata.bahasa, class: place ? 'kedua' : null }, kata.ditutup)),
    ];
  }
  const [utama, kedua] = words;
  return [
    h('p', { class: 'kantor' }, isi.kantor),
    h('h1', { class: 'ajakan' }, utama.ajakan),
    h('p', { class: 'kedua', lang: kedua.bahasa }, kedua.ajakan),
    h('div', { class: 'bahasa' }, words.map((kata) => h('div', { lang: kata.bahasa },
      button(kata.namaBahasa, (event) => {
        event.stopPropagation();
        begin(kata.bahasa);
      }, 'utama'),
      h('p', {}, kata.sentuh),
      h('p', { class: 'bantu' }, kata.ringkas(isi.butir.length))))),
  ];
}

// The screen of the step at which a visit stands.
export function step(kunjungan, kata, go) {
  const { jenis } = kunjungan.sekarang;
  return { layanan: chooseLayanan, butir: askButir, profil: askProfil, saran: askSaran }[jenis](
    kunjungan, kata, go);
}

function chooseLayanan(kunjungan, kata, go) {
  const pilihan = kunjungan.isi.layanan.map((layanan) => answer(layanan.nama, {
    terpilih: kunjungan.layanan === layanan.kode,
    lang: 'id',
    choose: () => go.next(() => { kunjungan.layanan = layanan.kode; }),
  }));
  return [
    h('h1', { tabindex: -1 }, kata.pilihLayanan),
    h('div', { class: 'jawaban' }, pilihan),
    arrows(kata, go, kunjungan.layanan !== null),
  ];
}

function askButir(kunjungan, kata, go) {
  const { butir, nomor } = kunjungan.sekarang;
  const { bahasa, isi, nilai } = kunjungan;
  const given = nilai[butir.kunci];
  const record = (value) => go.next(() => { nilai[butir.kunci] = value; });
  return [
    h('p', { class: 'nomor' }, kata.pertanyaan(nomor, isi.butir.length)),
    h('h1', { tabindex: -1 }, butir.pertanyaan[bahasa]),
    butir.bantuan[bahasa] ? h('p', { class: 'bantu' }, butir.bantuan[bahasa]) : null,
    h('div', { class: 'jawaban' },
      butir.pilihan.map((teks, place) => answer(teks[bahasa], {
        terpilih: given === place + 1,
        wajah: place + 1,
        choose: () => record(place + 1),
      })),
      answer(kata.tidakTahu, {
        terpilih: given === null, kelas: 'lain', choose: () => record(null),
      })),
    arrows(kata, go, given !== undefined),
  ];
}

function askProfil(kunjungan, kata, go) {
  const { profil, nomor } = kunjungan.sekarang;
  const given = kunjungan.profil[profil.kunci];
  return [
    h('p', { class: 'nomor' }, kata.tentang(nomor, kunjungan.isi.profil.length)),
    h('h1', { tabindex: -1 }, kata.profil[profil.kunci]),
    h('div', { class: 'jawaban dua' }, profil.pilihan.map((one) => answer(one.label[kunjungan.bahasa], {
      terpilih: given === one.kunci,
      choose: () => go.next(() => { kunjungan.profil[profil.kunci] = one.kunci; }),
    }))),
    h('div', { class: 'arah' },
      button(kata.kembali, go.back),
      button(kata.lewati, () => go.next(() => { delete kunjungan.profil[profil.kunci]; }))),
  ];
}

function askSaran(kunjungan, kata, go) {
  const salah = h('p', { class: 'salah', id: 'saran-salah', role: 'alert' });
  const text = h('textarea', {
    id: 'saran', rows: 5, maxlength: MAX_SARAN, autocomplete: 'off', autocorrect: 'off',
    spellcheck: 'false', 'aria-describedby': 'saran-bantu saran-salah',
    input: () => { kunjungan.saran = text.value; },
  });
  text.value = kunjungan.saran;
  const send = () => {
    if (kunjungan.pengaduan && !kunjungan.saran.trim()) {
      salah.textContent = kata.pengaduanKosong;
      text.setAttribute('aria-invalid', 'true');
      text.focus();
    } else {
      go.finish();
    }
  };
  return [
    h('h1', { tabindex: -1 }, h('label', { for: 'saran' }, kata.saran)),
    h('p', { class: 'bantu', id: 'saran-bantu' }, kata.saranBantu),
    text,
    salah,
    h('div', { class: 'jawaban' },
      tick(kata.pengaduan, kunjungan.pengaduan, (on) => { kunjungan.pengaduan = on; }),
      tick(kata.dibantu, kunjungan.dibantu, (on) => { kunjungan.dibantu = on; })),
    h('p', { class: 'bantu' }, kata.pengaduanBantu),
    h('div', { class: 'arah' }, button(kata.kembali, go.back), button(kata.kirim, send, 'utama')),
  ];
}

export function sending(kata) {
  return [h('h1', { tabindex: -1, role: 'status' }, kata.mengirim)];
}

export function notSaved(kata, tryAgain) {
  return [
    h('h1', { tabindex: -1, class: 'gawat' }, kata.belumTersimpan),
    h('p', { role: 'alert' }, kata.belumTersimpanIsi),
    h('div', { class: 'arah tengah' }, button(kata.cobaLagi, tryAgain, 'utama')),
  ];
}

export function thanks(kata, { kode, terkirim, leave, stay }) {
  const hitung = h('p', { class: 'bantu', id: 'hitung' });
  return [
    h('h1', { tabindex: -1, class: 'ajakan' }, kata.terimaKasih),
    h('p', { class: 'besar' }, terkirim ? kata.terkirim : kata.tersimpan),
    kode ? h('section', { class: 'kode-pengaduan', 'aria-labelledby': 'kode-judul' },
      h('h2', { id: 'kode-judul' }, kata.kodePengaduan),
      h('p', { class: 'kode' }, formatKode(kode)),
      h('p', {}, kata.kodeCatat)) : null,
    h('div', { class: 'arah tengah' },
      kode ? button(kata.lebihLama, stay) : null,
      button(kata.selesai, leave, 'utama')),
    hitung,
  ];
}

export function notice(judul, isi, ...more) {
  return [h('h1', { tabindex: -1 }, judul), h('p', { class: 'besar' }, isi), ...more];
}

function answer(label, { choose, terpilih, wajah, kelas, lang }) {
  return h('button', {
    type: 'button', class: kelas, lang, 'aria-pressed': String(terpilih), click: choose,
  }, wajah ? face(wajah) : null, h('span', {}, label));
}

function tick(label, on, change) {
  return h('label', { class: 'centang' },
    h('input', {
      type: 'checkbox', checked: on, autocomplete: 'off', change: (event) => change(event.target.checked),
    }),
    h('span', {}, label));
}

// Back is always there; Next only where an answer was given before.
function arrows(kata, go, answered) {
  return h('div', { class: 'arah' },
    button(kata.kembali, go.back),
    answered ? button(kata.lanjut, () => go.next(() => {})) : null);
}
