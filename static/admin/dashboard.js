// Draws the charts of the dashboard and keeps them fresh while the page is looked at.

const JEDA = 2000;

const langsung = document.getElementById('langsung');
const hasil = document.getElementById('hasil');
const kosong = document.getElementById('kosong');
const tertutup = document.getElementById('tertutup');
const sambungan = document.getElementById('sambungan');
let etag = `"${langsung.dataset.etag}"`;
let berhenti = false;
let gambar = JSON.parse(document.getElementById('data-grafik').textContent);

const setText = (id, text) => {
  document.getElementById(id).textContent = text;
};
const asAngka = (decimal) => (decimal === null ? '–' : decimal.replace('.', ','));

const draw = () => Grafik.draw(gambar);

function fillList(list, texts) {
  list.replaceChildren(...texts.map((text) => Object.assign(document.createElement('li'), { textContent: text })));
}

function fillTable(tbody, baris) {
  tbody.replaceChildren(...baris.map((sel) => {
    const row = document.createElement('tr');
    sel.forEach((text, place) => {
      const cell = document.createElement(place ? 'td' : 'th');
      if (place) cell.className = 'angka';
      else cell.scope = 'row';
      cell.textContent = text;
      row.append(cell);
    });
    return row;
  }));
}

// n is null where fewer than five answered: then even their number is not told.
function showIkm(ikm) {
  hasil.hidden = ikm.n === 0 || ikm.tertutup !== null;
  kosong.hidden = ikm.n !== 0;
  tertutup.hidden = ikm.tertutup === null;
  setText('sebab', ikm.tertutup ?? '');
  const n = ikm.n === null ? 'kurang dari 5' : ikm.n.toLocaleString('id-ID');
  setText('ikm', asAngka(ikm.ikm));
  setText('n', n);
  setText('kinerja', ikm.kinerja ?? 'Belum dapat dihitung');
  const mutu = document.getElementById('mutu');
  mutu.textContent = ikm.mutu ?? '–';
  mutu.className = ikm.mutu ? `mutu mutu-${ikm.mutu}` : 'mutu';
  setText('pengumuman', ikm.tertutup ?? `Data diperbarui: ${n} responden, IKM ${asAngka(ikm.ikm)}.`);
}

function showKecukupan(kecukupan, n) {
  setText('dari', kecukupan.dari);
  setText('kecukupan', kecukupan.keterangan);
  document.getElementById('kecukupan').classList.toggle('kurang', kecukupan.kurang);
  const kemajuan = document.getElementById('kemajuan');
  kemajuan.hidden = kecukupan.perlu === null;
  kemajuan.max = kecukupan.perlu ?? 1;
  kemajuan.value = n ?? 0;
}

function showGrafik({ ringkasan, grafik }, n) {
  setText('diperbarui', ringkasan.diperbarui);
  setText('selang', ringkasan.selang);
  setText('eksak', ringkasan.eksak ?? '');
  document.getElementById('eksak').hidden = !ringkasan.eksak;
  showKecukupan(ringkasan.kecukupan, n);
  for (const id of ['kalimat', 'terlemah', 'terkuat']) fillList(document.getElementById(id), ringkasan[id]);
  gambar = grafik;
  for (const satu of grafik) {
    setText(`kalimat-${satu.id}`, satu.kalimat);
    document.getElementById(`rinci-${satu.id}`).hidden = satu.baris.length === 0;
    fillTable(document.querySelector(`#tabel-${satu.id} tbody`), satu.baris);
  }
  draw();
}

async function fetchJson(url, headers = {}) {
  const response = await fetch(url, { headers, cache: 'no-store', credentials: 'same-origin' });
  if (response.status === 401) {
    berhenti = true;
    const link = Object.assign(document.createElement('a'), { href: langsung.dataset.masuk, textContent: 'Masuk kembali' });
    sambungan.replaceChildren('Sesi Anda sudah berakhir, jadi angka ini tidak diperbarui lagi. ', link, '.');
  } else if (!response.ok && response.status !== 304) {
    throw new Error(`status ${response.status}`);
  }
  return response;
}

async function refresh() {
  const response = await fetchJson(langsung.dataset.ikm, { 'If-None-Match': etag });
  if (response.status !== 200) return;
  const ikm = await response.json();
  showIkm(ikm);
  const charts = await fetchJson(langsung.dataset.grafik);
  if (charts.status !== 200) return;
  showGrafik(await charts.json(), ikm.n);
  // Only now: if the charts could not be fetched, the next round tries again.
  etag = response.headers.get('ETag');
}

async function poll() {
  if (!document.hidden && !berhenti) {
    try {
      await refresh();
      if (!berhenti) sambungan.textContent = '';
    } catch {
      sambungan.textContent = 'Sambungan ke server terputus. Angka di bawah ini mungkin belum yang terbaru; dicoba lagi sendiri.';
    }
  }
  if (!berhenti) setTimeout(poll, JEDA);
}

draw();
setTimeout(poll, JEDA);
