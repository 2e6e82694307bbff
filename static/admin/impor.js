// Shows how far a job is: an import, a document. Without scripts the page is reloaded by hand.

const JEDA = 700;
const papan = document.getElementById('kemajuan');
const tahap = document.getElementById('tahap');
const batang = document.getElementById('batang');
const angka = new Intl.NumberFormat('id-ID');

async function tanya() {
  try {
    const jawaban = await fetch(papan.dataset.alamat);
    if (jawaban.ok) {
      const kini = await jawaban.json();
      if (!kini.berjalan) {
        location.reload();
        return;
      }
      if (kini.semua) {
        batang.max = kini.semua;
        batang.value = kini.selesai;
      } else {
        batang.removeAttribute('value'); // how long this step takes is not known
      }
      tahap.textContent = kini.semua
        ? `${kini.tahap}: ${angka.format(kini.selesai)} dari ${angka.format(kini.semua)} baris`
        : kini.tahap;
    }
  } catch {
    // The network is gone for a moment; the job goes on without this page.
  }
  setTimeout(tanya, JEDA);
}

tanya();
