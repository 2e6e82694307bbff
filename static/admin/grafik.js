// Draws charts into their places, for every page that has some: globalThis.Grafik.draw(charts).
(() => {
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

  let drawn = [];

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

  function draw(charts) {
    drawn = charts;
    for (const satu of charts) {
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

  const redraw = () => draw(drawn);
  SEMPIT.addEventListener('change', redraw);
  addEventListener('beforeprint', () => {
    for (const div of document.querySelectorAll('.js-plotly-plot')) {
      Plotly.relayout(div, { width: div.closest('.grafik-berdampingan') ? LEBAR_CETAK / 2 - 16 : LEBAR_CETAK });
    }
  });
  addEventListener('afterprint', redraw);
  globalThis.Grafik = { draw };
})();
