// The one page: puts a screen into it, keeps the corner up to date, shows the warning.

import { button, h } from './dom.js';
import { describeSelisih, formatWaktu } from './jam.js';
import { KATA } from './kata.js';

const layar = document.getElementById('layar');
const bilah = document.getElementById('bilah');

let kata = KATA.id;
let peringatan = null;
let hitungMundur = null;

// Replaces everything of the screen before; nothing of it stays in the document.
export function show(elements, { bahasa = 'id', kelas = '', judul = '' } = {}) {
  closeWarning();
  kata = KATA[bahasa];
  document.documentElement.lang = bahasa;
  layar.className = kelas;
  layar.onclick = null;
  layar.replaceChildren(...elements.filter(Boolean));
  const heading = layar.querySelector('h1');
  document.title = judul || heading.textContent;
  scrollTo(0, 0);
  (layar.querySelector('[data-fokus]') ?? heading).focus();
  return layar;
}

// Whether the screen is still of this kind.
export function isShown(kelas) {
  return layar.classList.contains(kelas);
}

// The corner of every screen: what waits, last contact, a clock that is off.
export function showStatus({ menunggu, kontak, selisih, terhenti, zona }, openPetugas) {
  const jam = describeSelisih(selisih);
  const terhubung = kontak ? kata.kontak(formatWaktu(kontak, kata.bahasa, zona)) : kata.belumTerhubung;
  bilah.lang = kata.bahasa;
  bilah.replaceChildren(
    h('p', {},
      h('span', { id: 'menunggu' }, kata.menunggu(menunggu)),
      h('span', { id: 'kontak' }, terhubung),
      jam ? h('span', { id: 'jam', class: 'ingat' }, kata.jam(jam)) : null,
      terhenti ? h('span', { id: 'terhenti', class: 'ingat' }, kata.terhenti) : null),
    openPetugas ? button(kata.petugas, openPetugas) : '',
  );
}

// `adaJawaban`: answers would be destroyed, not just a screen closed.
export function showWarning(adaJawaban) {
  if (peringatan) return;
  hitungMundur = adaJawaban ? kata.akanDihapus : kata.kembaliSendiri;
  const teks = h('p', { id: 'peringatan-isi', 'aria-hidden': 'true' });
  peringatan = h('dialog', {
    'aria-labelledby': 'peringatan-judul', 'aria-describedby': 'peringatan-lanjut',
    cancel: (event) => event.preventDefault(),
  },
  h('h2', { id: 'peringatan-judul' }, kata.masihDiSini),
  teks,
  h('p', { class: 'tersembunyi', role: 'alert' }, hitungMundur(20)),
  h('p', { id: 'peringatan-lanjut' }, button(kata.lanjutkan, () => {}, 'utama')));
  document.body.append(peringatan);
  peringatan.showModal();
}

export function countWarning(detik) {
  const teks = document.getElementById('peringatan-isi');
  if (teks) teks.textContent = hitungMundur(detik);
}

export function closeWarning() {
  peringatan?.close();
  peringatan?.remove();
  peringatan = null;
}
