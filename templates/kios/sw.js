// Starts the kiosk with no network. Everything here belongs to one version of the program; a new
// version waits in a cache of its own until the page, standing on its first screen, lets it in.
const VERSI = {{ versi|tojson }};
const BERKAS = {{ berkas|tojson }};
const KERANGKA = BERKAS[BERKAS.length - 1];
const AWALAN = 'kios-';
const HALAMAN = /^\/kios\/[^/.]+\/?$/;

self.addEventListener('install', (event) => event.waitUntil(keepBerkas()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', answer);
self.addEventListener('message', (event) => {
  if (event.data.jenis === 'ganti') event.waitUntil(self.skipWaiting());
  if (event.data.jenis === 'bersihkan') event.waitUntil(dropOld(event.data.versi));
});

async function keepBerkas() {
  const cache = await caches.open(AWALAN + VERSI);
  await Promise.all(BERKAS.map(async (alamat) => {
    const response = await fetch(alamat, { cache: 'no-cache', redirect: 'error' });
    // Another network's sign-in page also answers 200.
    if (!response.ok || response.headers.get('X-Kios-Versi') !== VERSI) {
      throw new Error(`${alamat}: ${response.status}`);
    }
    await cache.put(alamat, response);
  }));
}

function answer(event) {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && HALAMAN.test(url.pathname)) {
    event.respondWith(fromCache(KERANGKA, AWALAN + VERSI, request));
  } else if (url.pathname.startsWith('/kios/berkas/')) {
    // From whichever version the page belongs to.
    event.respondWith(fromCache(request, undefined, request));
  }
}

async function fromCache(key, cacheName, request) {
  return await caches.match(key, { cacheName }) ?? fetch(request);
}

async function dropOld(versi) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  // An older page may still need its files.
  if (versi !== VERSI || windows.length > 1) return;
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(AWALAN) && name !== AWALAN + VERSI);
  await Promise.all(old.map((name) => caches.delete(name)));
}
