// Draws the charts of the dashboard and keeps them fresh while the page is looked at.

const JEDA = 2000;
const SEMPIT = matchMedia('(max-width: 40rem)');
const PANJANG_BARIS = 16;
const TINGGI_LEGENDA = 110; // on a phone its entries stand one below the other
const LEBAR_CETAK = 660; // A4 without its margins
const PENGATURAN = {
  showSendToCloud: false,
  plotlyServerURL: '',
  displaylogo: false,
  locale: 'id',
  responsive: true,
  modeBarButtons: [['toImage']],
};

const langsung = document.getElementById('langsung');
const hasil = document.getElementById('hasil');
const kosong = document.getElementById('kosong');
const tertutup = document.getElementById('tertutup');
const sambungan = document.getElementById('sambungan');
let etag = `"${langsung.dataset.etag}"`;
let berhenti = false;
let gambar = JSON.parse(document.getElementById('data-grafik').textContent);

Plotly.register({
  moduleType: 'locale',
  name: 'id',
  dictionary: {
    'Download plot as a PNG': 'Unduh gambar PNG',
    'Download plot as a png': 'Unduh gambar PNG',
    'Download plot': 'Unduh gambar',
    'Taking snapshot - this may take a few seconds': 'Menyiapkan gambar, mohon tunggu sebentar',
    'Snapshot succeeded': 'Gambar sudah diunduh',
    'Sorry, there was a problem downloading your snapshot!': 'Maaf, gambar tidak dapat diunduh.',
  },
  format: {
    days: ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
    shortDays: ['Min', 'Sen', 'Sel', 'Rab', 'Kam', 'Jum', 'Sab'],
    months: ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'],
    shortMonths: ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agu', 'Sep', 'Okt', 'Nov', 'Des'],
    date: '%d/%m/%Y',
    decimal: ',',
    thousands: '.',
  },
});

const setText = (id, text) => {
  document.getElementById(id).textContent = text;
};
const asAngka = (decimal) => (decimal === null ? '–' : decimal.replace('.', ','));

// On a phone: names in two short lines, and no figure beside each of many points.
function fit(data, layout) {
  if (!SEMPIT.matches) return data;
  if (layout.yaxis.ticktext) layout.yaxis.ticktext = layout.yaxis.ticktext.map(wrap);
  return data.map((trace) => (
    trace.type === 'scatter' && trace.x.length > 4 ? { ...trace, mode: 'lines+markers' } : trace
  ));
}

function wrap(name) {
  const lines = [''];
  for (const word of name.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length <= PANJANG_BARIS || !lines.at(-1)) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  const shown = lines.slice(0, 2).map((line) => line.slice(0, PANJANG_BARIS));
  return shown.join('<br>') + (lines.length > 2 ? '…' : '');
}

function draw() {
  for (const satu of gambar) {
    const div = document.getElementById(`gambar-${satu.id}`);
    if (!div) continue;
    div.hidden = satu.data.length === 0;
    // What is hidden has no width to draw in.
    if (div.hidden || div.offsetParent === null) continue;
    // The box has the height and the chart fills it: Plotly changes the layout it is given.
    const { height, ...layout } = structuredClone(satu.layout);
    const legend = SEMPIT.matches && layout.showlegend ? TINGGI_LEGENDA : 0;
    div.style.height = `${height + legend}px`;
    Plotly.react(div, fit(satu.data, layout), { ...layout, autosize: true }, {
      ...PENGATURAN,
      toImageButtonOptions: { filename: `skm-${satu.id}` },
    });
  }
}

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

SEMPIT.addEventListener('change', draw);
addEventListener('beforeprint', () => {
  for (const div of document.querySelectorAll('.js-plotly-plot')) {
    Plotly.relayout(div, { width: div.closest('.grafik-berdampingan') ? LEBAR_CETAK / 2 - 16 : LEBAR_CETAK });
  }
});
addEventListener('afterprint', draw);
draw();
setTimeout(poll, JEDA);
