// The operator's side of the tablet: pairing, PIN, and the page behind it.

import { button, h } from './dom.js';
import { describeSelisih, formatWaktu } from './jam.js';

const PIN_TERPANJANG = 8;
const PIN_TERPENDEK = 4;

// Types the 8-letter pairing code. `pair` answers null, or what is wrong.
export function pairing(kantor, kata, pair, back) {
  const salah = h('p', { class: 'salah', id: 'kode-salah', role: 'alert' });
  const kode = h('input', {
    id: 'kode', type: 'text', autocomplete: 'off', autocapitalize: 'characters',
    spellcheck: 'false', maxlength: 20, 'aria-describedby': 'kode-bantu kode-salah',
  });
  const submit = async (event) => {
    event.preventDefault();
    salah.textContent = '';
    salah.textContent = await pair(kode.value) ?? '';
    if (salah.textContent) kode.focus();
  };
  return [
    kantor ? h('p', { class: 'kantor' }, kantor) : null,
    h('h1', { tabindex: -1 }, kata.pasang),
    h('p', { id: 'kode-bantu' }, kata.pasangBantu),
    h('form', { class: 'pasang', autocomplete: 'off', submit },
      h('label', { for: 'kode' }, kata.kodePasang),
      kode,
      salah,
      h('div', { class: 'arah' },
        back ? button(kata.kembali, back) : null,
        h('button', { class: 'utama' }, kata.pasangTombol))),
  ];
}

// A pad of digits: a password field would be offered to the browser's own memory.
// `check` answers null, or what is wrong.
export function pinPad(kata, check, back) {
  let pin = '';
  let memeriksa = false;
  const salah = h('p', { class: 'salah', role: 'alert' });
  const angka = h('p', { class: 'angka', role: 'status' });
  const show = () => {
    angka.textContent = pin ? `${'●'.repeat(pin.length)} ` : '';
    angka.append(h('span', { class: 'tersembunyi' }, kata.pinAngka(pin.length)));
  };
  const add = (digit) => {
    if (pin.length < PIN_TERPANJANG) pin += digit;
    show();
  };
  const erase = () => {
    pin = pin.slice(0, -1);
    show();
  };
  const enter = async () => {
    // One try at a time, or some would not be counted.
    if (memeriksa) return;
    const tried = pin;
    pin = '';
    show();
    salah.textContent = '';
    if (tried.length < PIN_TERPENDEK) return;
    memeriksa = true;
    salah.textContent = await check(tried) ?? '';
    memeriksa = false;
  };
  const keydown = (event) => {
    if (/^[0-9]$/.test(event.key)) add(event.key);
    else if (event.key === 'Backspace') erase();
    else if (event.key === 'Enter' && event.target.tagName !== 'BUTTON') enter();
  };
  show();
  return [
    h('h1', { tabindex: -1, keydown }, kata.pin),
    angka,
    salah,
    h('div', { class: 'papan-angka', keydown },
      [...'123456789'].map((digit) => button(digit, () => add(digit))),
      button(kata.pinHapus, erase),
      button('0', () => add('0')),
      button(kata.pinMasuk, enter, 'utama')),
    h('div', { class: 'arah' }, button(kata.kembali, back)),
  ];
}

// Everything an operator may want to know and do. `facts` is one look at the store.
export function panel(kata, facts, act) {
  const pesan = h('p', { class: 'pesan', role: 'status', id: 'pesan' });
  const { karantina, galat } = facts;
  return [
    h('h1', { tabindex: -1 }, kata.panel),
    h('dl', { class: 'fakta' }, rows(kata, facts).map(([judul, isi]) =>
      h('div', {}, h('dt', {}, judul), h('dd', {}, String(isi))))),
    pesan,
    h('div', { class: 'tindakan' },
      button(kata.kirimSekarang, () => act.send(pesan), 'utama'),
      button(kata.unduh, () => act.download(pesan)),
      facts.terhenti ? button(kata.pasangUlang, act.pairAgain) : null,
      facts.layarPenuh ? button(kata.keluarLayarPenuh, act.leaveFullscreen) : null,
      button(kata.lepas, () => act.unpair(pesan)),
      button(kata.tutup, act.close)),
    karantina.length ? refused(kata, facts, () => act.clearRefused(pesan)) : null,
    h('h2', {}, kata.galat),
    galat.length ? h('ul', {}, galat.map(({ pada, teks }) =>
      h('li', {}, `${formatWaktu(pada, kata.bahasa, facts.zona)}: ${teks}`)))
      : h('p', {}, kata.tanpaGalat),
  ];
}

function rows(kata, facts) {
  const jam = describeSelisih(facts.selisih);
  const jamTeks = facts.selisih === null ? kata.panelJamBelum : kata.panelJamBenar;
  const kontak = facts.kontak ? formatWaktu(facts.kontak, kata.bahasa, facts.zona) : kata.belumTerhubung;
  return [
    [kata.panelNama, facts.nama],
    [kata.panelMenunggu, facts.menunggu],
    [kata.panelDitolak, facts.karantina.length],
    [kata.panelKontak, kontak],
    [kata.panelJam, jam ? kata.jam(jam) : jamTeks],
    [kata.panelKeadaan, kata.keadaan[facts.terhenti ?? 'jalan']],
    [kata.panelLuring, facts.siapLuring ? kata.ya : kata.belum],
  ];
}

function refused(kata, facts, clear) {
  return h('section', { 'aria-labelledby': 'ditolak' },
    h('h2', { id: 'ditolak' }, kata.daftarDitolak),
    h('p', {}, kata.ditolakBantu),
    h('ul', { class: 'ditolak' }, facts.karantina.map(({ id, pesan, kiriman }) => h('li', {},
      `${formatWaktu(kiriman.diisi, kata.bahasa, facts.zona)}, ${id.slice(0, 8)}: ${pesan}`))),
    button(kata.hapusDitolak, clear));
}

// Asks before something is gone for good.
export function confirmUnpair(kata, jumlah, yes, no) {
  return [
    h('h1', { tabindex: -1 }, kata.lepas),
    h('p', { class: 'besar' }, kata.lepasYakin(jumlah)),
    h('div', { class: 'arah' }, button(kata.batal, no), button(kata.lepasYa, yes, 'bahaya')),
  ];
}
