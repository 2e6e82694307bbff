// Opens the form without a network, and sends what waits when the network is back.
// Copies are only replaced whole, together with their script. The version of the pages and the
// queue's part of form.js stand in front of this (skm_app/survey/luring.py).
'use strict';
const LACI = 'skm-survei';

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (e) => e.waitUntil(self.clients.claim().then(segarkan)));

self.addEventListener('message', (e) => {
  if (e.data && e.data.simpan) e.waitUntil(simpan(e.data.simpan));
});

self.addEventListener('sync', (e) => {
  if (e.tag !== 'skm-antrean') return;
  // A rejected promise makes the browser try again later.
  e.waitUntil(self.skmKirim({}).then((sisa) => { if (sisa) throw new Error('masih menunggu'); }));
});

self.addEventListener('fetch', (e) => {
  const url = new URL(e.request.url);
  if (e.request.method !== 'GET' || url.origin !== location.origin) return;
  if (e.request.mode === 'navigate') {
    const kunci = salinan(url);
    if (kunci) e.respondWith(buka(e.request, kunci));
  } else if (/\/form\.js$/.test(url.pathname)) {
    e.respondWith(caches.match(url.href).then((ada) => ada || fetch(e.request)));
  }
});

// The address of the copy that stands for an address, however its code was typed.
function salinan(url) {
  const bagian = /^\/s\/([^/]+)(\/terima-kasih)?$/.exec(url.pathname);
  if (!bagian) return null;
  const kode = decodeURIComponent(bagian[1]).toUpperCase().replace(/[^A-Z0-9]/g, '');
  return '/s/' + kode + (bagian[2] || '') +
    (url.searchParams.get('bahasa') === 'en' ? '?bahasa=en' : '');
}

async function buka(request, kunci) {
  const ada = await caches.match(kunci);
  if (!ada) return fetch(request);
  try {
    const jeda = new Promise((_, tidak) => setTimeout(tidak, 6000));
    const jawab = await Promise.race([fetch(request), jeda]);
    // A redirect (a login page of the network) has status 0 and is the browser's to follow.
    return jawab.status < 500 ? jawab : ada;
  } catch (_) {
    return ada;
  }
}

async function simpan(alamat) {
  const jawab = await fetch(alamat + '/luring.json', { cache: 'no-cache' });
  if (!jawab.ok || jawab.redirected) return;
  const isi = await jawab.json();
  if (isi.jenis !== 'skm-luring-1') return;
  const laci = await caches.open(LACI);
  for (const berkas of isi.berkas) {
    if (!await laci.match(berkas)) await laci.add(berkas);
  }
  const kepala = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': jawab.headers.get('Content-Security-Policy'),
    'Referrer-Policy': 'same-origin',
  };
  for (const jalan of Object.keys(isi.halaman)) {
    await laci.put(jalan, new Response(isi.halaman[jalan], { headers: kepala }));
  }
  await bersihkan(laci);
}

// After an update every copy is fetched anew; one that cannot be stays as it is, with its script.
async function segarkan() {
  const laci = await caches.open(LACI);
  const alamat = (await laci.keys()).map((r) => new URL(r.url).pathname);
  const bentuk = new Set(alamat.filter((a) => /^\/s\/[^/]+$/.test(a)));
  for (const satu of bentuk) await simpan(satu).catch(() => {});
}

async function bersihkan(laci) {
  const semua = await laci.keys();
  const naskah = semua.filter((r) => /\/form\.js/.test(r.url));
  if (naskah.length < 2) return;
  let isi = '';
  for (const r of semua) {
    if (!naskah.includes(r)) isi += await (await laci.match(r)).text();
  }
  for (const r of naskah) {
    const url = new URL(r.url);
    if (!isi.includes(url.pathname + url.search)) await laci.delete(r);
  }
}
